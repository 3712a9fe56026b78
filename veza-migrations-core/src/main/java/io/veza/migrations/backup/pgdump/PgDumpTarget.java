package io.veza.migrations.backup.pgdump;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * The database that {@code pg_dump} connects to, and the credentials for it.
 *
 * @param url the JDBC URL
 * @param username the user, {@code null} for that of the URL
 * @param password the password, {@code null} for that of the URL, or else what the
 * program finds in PGPASSWORD or in a password file
 * @param role the role to take on, {@code null} for none
 * @since 0.1.0
 */
public record PgDumpTarget(String url, @Nullable String username, @Nullable String password, @Nullable String role) {

	/**
	 * Return what a connection tells about its database, which is all but the password.
	 * @param connection the connection
	 * @param role the role to take on, {@code null} for none
	 * @return the target
	 * @throws SQLException if the connection is closed
	 */
	public static PgDumpTarget of(Connection connection, @Nullable String role) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		return new PgDumpTarget(metaData.getURL(), metaData.getUserName(), null, role);
	}

	/** Without the connection: a URL may hold a password too. */
	@Override
	public String toString() {
		return "PgDumpTarget[username=" + this.username + ", role=" + this.role + "]";
	}

}
