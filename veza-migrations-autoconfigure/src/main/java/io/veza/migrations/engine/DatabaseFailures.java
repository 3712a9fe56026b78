package io.veza.migrations.engine;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.HistoryException;
import io.veza.migrations.MigrationException;
import io.veza.migrations.UnsupportedDatabaseException;

/**
 * Says what an error of the driver means for a run, outside of any migration.
 */
final class DatabaseFailures {

	/** Connection, shutdown or crash of the server. */
	private static final Pattern LOST = Pattern.compile("08.*|57P.*");

	/** Authorization, no such database, too many connections. */
	private static final Pattern UNREACHABLE = Pattern.compile("28.*|3D.*|53300");

	/** A URL may hold a password, and drivers quote it. */
	private static final Pattern JDBC_URL = Pattern.compile("jdbc:\\S+");

	/** A prepared statement is there already, or there no more. */
	private static final Set<String> SHARED_SESSION = Set.of("42P05", "26000");

	private static final String NO_RIGHT = "42501";

	private DatabaseFailures() {
	}

	static MigrationException translate(SQLException ex) {
		String state = ex.getSQLState();
		if (state != null && LOST.matcher(state).matches()) {
			return new DatabaseUnreachableException("The connection to the database was lost: " + reason(ex)
					+ ". Start again when the server runs: the history says where to continue.", ex);
		}
		if (state == null || UNREACHABLE.matcher(state).matches()) {
			return unreachable(ex);
		}
		if (SHARED_SESSION.contains(state)) {
			return new UnsupportedDatabaseException("The connection leads through a pooler that shares sessions, "
					+ "and the driver prepares statements in them: " + reason(ex)
					+ ". Add prepareThreshold=0 to the JDBC URL of the DataSource, or set veza.migrations.url to a direct "
					+ "connection to the server.");
		}
		return new HistoryException("The history tables cannot be read: " + reason(ex) + ". "
				+ (state.equals(NO_RIGHT) ? "Give the user that migrates the right to read and write them."
						: "Start again when the cause is gone."),
				ex);
	}

	static DatabaseUnreachableException unreachable(Exception ex) {
		return new DatabaseUnreachableException("The database cannot be reached: " + reason(ex)
				+ ". Check that the server runs, and the URL, the user name and the password of the DataSource.", ex);
	}

	/** A pool says only that it waited in vain; the driver below it knows why. */
	private static String reason(Exception ex) {
		Throwable deepest = ex;
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				deepest = cause;
			}
		}
		String message = JDBC_URL.matcher(String.valueOf(deepest.getMessage()).strip()).replaceAll("the JDBC URL");
		return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
	}

}
