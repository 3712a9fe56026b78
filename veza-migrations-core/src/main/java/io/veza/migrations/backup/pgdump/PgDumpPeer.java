package io.veza.migrations.backup.pgdump;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.session.DriverConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.HostSpec;

/**
 * The server at the other end of our own connection.
 *
 * @param url the JDBC URL that the driver itself was given, {@code null} if it does not
 * say
 * @param host the host and port that the driver chose, {@code null} if it does not say
 * @param user the user that logged in
 * @param database the name of the database
 * @param version the version of the server
 * @param major the first number of that version
 * @param pooled whether there is a pooler in between
 */
record PgDumpPeer(@Nullable String url, @Nullable HostSpec host, String user, String database, String version,
		int major, boolean pooled) {

	private static final String ASK = """
			SELECT pg_catalog.current_database() AS database,
				pg_catalog.pg_backend_pid() AS pid""";

	static PgDumpPeer of(Connection connection) {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(ASK)) {
			row.next();
			DatabaseMetaData metaData = connection.getMetaData();
			return new PgDumpPeer(metaData.getURL(), host(connection), metaData.getUserName(),
					row.getString("database"), metaData.getDatabaseProductVersion(), metaData.getDatabaseMajorVersion(),
					pooled(connection, row.getInt("pid")));
		}
		catch (SQLException ex) {
			throw new BackupFailedException("The server could not be asked what to back up: " + ex.getMessage() + ".",
					"Try again when it answers.", ex);
		}
	}

	private static @Nullable HostSpec host(Connection connection) throws SQLException {
		return DriverConnection.of(connection).host();
	}

	private static boolean pooled(Connection connection, int backendPid) throws SQLException {
		return connection.isWrapperFor(PGConnection.class)
				&& connection.unwrap(PGConnection.class).getBackendPID() != backendPid;
	}

}
