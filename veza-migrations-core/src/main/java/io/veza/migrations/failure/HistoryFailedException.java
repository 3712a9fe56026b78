package io.veza.migrations.failure;

import java.sql.SQLException;

import io.veza.migrations.sql.SqlState;

/**
 * A history that the server failed to read or to write: a full disk, a lost privilege, a
 * lock that another session holds.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class HistoryFailedException extends HistoryException {

	private final String sqlState;

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the server said
	 */
	public HistoryFailedException(String message, SQLException cause) {
		super(message, cause);
		this.sqlState = SqlState.of(cause);
	}

	/**
	 * Create a new instance for what is not to be looked for in the tables themselves.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the server said
	 */
	public HistoryFailedException(String problem, String action, SQLException cause) {
		super(problem, action, cause);
		this.sqlState = SqlState.of(cause);
	}

	/**
	 * Return the SQLSTATE of the error.
	 * @return the code, an empty text if the server was not asked
	 */
	public String sqlState() {
		return this.sqlState;
	}

	@Override
	public FailureType type() {
		return FailureType.HISTORY_FAILED;
	}

	/**
	 * Return the exit code: a missing privilege is a matter of configuration, everything
	 * else is unexpected and may be gone at the next attempt.
	 * @return the exit code as documented
	 */
	@Override
	public int exitCode() {
		return SqlState.INSUFFICIENT_PRIVILEGE.equals(this.sqlState) ? 2 : 1;
	}

}
