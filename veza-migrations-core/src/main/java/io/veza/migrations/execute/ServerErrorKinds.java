package io.veza.migrations.execute;

import java.sql.SQLException;
import java.util.Set;

import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The kinds of errors that decide how a run goes on.
 */
public final class ServerErrorKinds {

	/** Lock timeout, and the victim of a deadlock. */
	private static final Set<String> LOCK_NOT_AVAILABLE = Set.of(SqlState.LOCK_NOT_AVAILABLE,
			SqlState.DEADLOCK_DETECTED);

	private ServerErrorKinds() {
	}

	/**
	 * Return whether an error is the server's answer. Otherwise the driver or the network
	 * failed, and what was sent after that may have been done all the same.
	 * @param ex what the driver threw
	 * @return whether the server refused a statement and its session goes on
	 */
	public static boolean isAnswer(SQLException ex) {
		String state = SqlState.of(ex);
		return message(ex) != null && !state.startsWith("08") && !state.startsWith("57P");
	}

	/**
	 * Return whether an error says that a lock was not to be had.
	 * @param ex the error
	 * @return whether trying again may help
	 */
	public static boolean isLockNotAvailable(SQLException ex) {
		return LOCK_NOT_AVAILABLE.contains(SqlState.of(ex));
	}

	/**
	 * Return whether an error says that somebody or a timeout cancelled the statement.
	 * @param ex the error
	 * @return whether it was cancelled
	 */
	public static boolean isCancelled(SQLException ex) {
		return SqlState.QUERY_CANCELED.equals(SqlState.of(ex));
	}

	/**
	 * Return whether an error says nothing about the statement that failed.
	 * @param ex the error
	 * @return whether a lock was not to be had, or somebody cancelled the statement
	 */
	public static boolean comesFromOutside(SQLException ex) {
		return isLockNotAvailable(ex) || isCancelled(ex);
	}

	/**
	 * Return the message of the server.
	 * @param ex what the driver threw
	 * @return the message, {@code null} if the error does not come from the server
	 */
	static @Nullable String message(SQLException ex) {
		ServerErrorMessage server = (ex instanceof PSQLException error) ? error.getServerErrorMessage() : null;
		return (server != null) ? server.getMessage() : null;
	}

}
