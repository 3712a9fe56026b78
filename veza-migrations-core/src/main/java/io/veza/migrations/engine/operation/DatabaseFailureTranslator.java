package io.veza.migrations.engine.operation;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.UnsupportedDatabaseException;
import io.veza.migrations.sql.SqlState;

/**
 * Says what an error of the driver means for a run, outside of any migration.
 */
public final class DatabaseFailureTranslator {

	/** Connection, shutdown or crash of the server. */
	private static final Pattern LOST = Pattern.compile("08.*|57P.*");

	/** Authorization, no such database, too many connections. */
	private static final Pattern UNREACHABLE = Pattern.compile("28.*|3D.*|53300");

	/** A URL may hold a password, and drivers quote it. */
	private static final Pattern JDBC_URL = Pattern.compile("jdbc:\\S+");

	/** A prepared statement is there already, or there no more. */
	private static final Set<String> SHARED_SESSION = Set.of(SqlState.DUPLICATE_PREPARED_STATEMENT,
			SqlState.INVALID_SQL_STATEMENT_NAME);

	private static final String CHECK_ALL = "Check that the server runs, and the URL, the user name and the password of the DataSource.";

	private static final String CHECK_USER = "Check the user name and the password of the DataSource, "
			+ "or veza.migrations.username and veza.migrations.password if they are set, and whether the server's pg_hba.conf lets the user in.";

	/** Advice for errors whose cause the server names clearly. */
	private static final Map<String, String> ADVICE = Map.of(SqlState.INVALID_PASSWORD, CHECK_USER,
			SqlState.INVALID_AUTHORIZATION, CHECK_USER, SqlState.INVALID_CATALOG_NAME,
			"Check the name of the database in the URL of the DataSource, or create the database.",
			SqlState.TOO_MANY_CONNECTIONS,
			"All connections that the server, the database or the user may have are in use: close those that nobody needs, "
					+ "make pools smaller, or raise max_connections or the CONNECTION LIMIT.",
			SqlState.DISK_FULL, "The server's disk is full: free some space, then start again.",
			SqlState.CANNOT_CONNECT_NOW,
			"The server is starting, stopping or recovering: start again when it takes connections.");

	/** The pool had connections, and lent them all. */
	private static final String POOL_EXHAUSTED = "The application has borrowed every connection of the pool and gives none back in time: "
			+ "look for what keeps them, give the pool one more, or give migrations a connection of their own with veza.migrations.url.";

	private DatabaseFailureTranslator() {
	}

	public static MigrationException translate(SQLException ex) {
		String state = ex.getSQLState();
		if (state != null && LOST.matcher(state).matches()) {
			return new DatabaseUnreachableException("The connection to the database was lost: " + reason(ex) + ".",
					"Start again when the server runs: the history says where to continue.", ex);
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
		return new HistoryFailedException("The history tables cannot be read: " + reason(ex) + ". "
				+ (state.equals(SqlState.INSUFFICIENT_PRIVILEGE)
						? "Give the user that migrates the right to read and write them."
						: "Start again when the cause is gone."),
				ex);
	}

	static DatabaseUnreachableException unreachable(Exception ex) {
		String problem = "The database cannot be reached: " + reason(ex) + ".";
		return new DatabaseUnreachableException(problem, advice(deepest(ex)), ex);
	}

	private static String advice(Throwable ex) {
		String state = (ex instanceof SQLException failure) ? failure.getSQLState() : null;
		if (state == null && ex instanceof SQLTransientConnectionException) {
			return POOL_EXHAUSTED;
		}
		return ADVICE.getOrDefault(String.valueOf(state), CHECK_ALL);
	}

	/** A pool says only that it waited in vain; the driver below it knows why. */
	private static Throwable deepest(Exception ex) {
		Throwable deepest = ex;
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				deepest = cause;
			}
		}
		return deepest;
	}

	private static String reason(Exception ex) {
		Throwable deepest = deepest(ex);
		String message = JDBC_URL.matcher(String.valueOf(deepest.getMessage()).strip()).replaceAll("the JDBC URL");
		return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
	}

}
