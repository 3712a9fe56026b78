package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The role that a session had before it took on the one that migrates. A session that a
 * pooler shares takes on none: there each transaction does.
 *
 * @param before its name, {@code none} for that of the user; {@code null} if the session
 * is shared
 */
public record SessionRole(@Nullable String before) {

	private static final String SET_ROLE = """
			SELECT session.role AS before, pg_catalog.set_config('role', ?, false)
			FROM (
				SELECT pg_catalog.current_setting('role') AS role
				WHERE pg_catalog.pg_backend_pid() = coalesce(?, pg_catalog.pg_backend_pid())
				OFFSET 0
			) session""";

	/**
	 * Let a session work under a role.
	 * @param connection the connection, in autocommit mode
	 * @param role the role
	 * @param own whether the session is known not to be shared, whatever it looks like
	 * @return the role that it had before
	 * @throws HistoryRefusedException if there is no such role, or the user may not
	 * assume it
	 * @throws SQLException if the server cannot be asked
	 */
	public static SessionRole assume(Connection connection, String role, boolean own) throws SQLException {
		Integer process = (own || !connection.isWrapperFor(PGConnection.class)) ? null
				: Integer.valueOf(connection.unwrap(PGConnection.class).getBackendPID());
		try {
			return new SessionRole(set(connection, role, process));
		}
		catch (SQLException ex) {
			throw translate(ex, role, connection.getMetaData().getUserName());
		}
	}

	/**
	 * Give a session the role back that it had before.
	 * @param connection the connection, in autocommit mode
	 * @throws SQLException if that fails
	 */
	public void restore(Connection connection) throws SQLException {
		if (this.before != null) {
			set(connection, this.before, null);
		}
	}

	/** Only in the session of a process, if one is given. */
	private static @Nullable String set(Connection connection, String role, @Nullable Integer process)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(SET_ROLE)) {
			statement.setString(1, role);
			statement.setObject(2, process, Types.INTEGER);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getString("before") : null;
			}
		}
	}

	private static HistoryRefusedException translate(SQLException ex, String role, String user) throws SQLException {
		if (SqlState.INVALID_PARAMETER_VALUE.equals(SqlState.of(ex))) {
			return new HistoryRefusedException("The role \"" + role + "\" of veza.migrations.role does not exist.",
					"Create it and grant it to the user \"" + user + "\", or correct veza.migrations.role.", ex);
		}
		if (SqlState.INSUFFICIENT_PRIVILEGE.equals(SqlState.of(ex))) {
			return new HistoryRefusedException(
					"The user \"" + user + "\" may not assume the role \"" + role + "\" of veza.migrations.role.",
					"Run GRANT \"" + role + "\" TO \"" + user + "\", or correct veza.migrations.role.", ex);
		}
		throw ex;
	}

}
