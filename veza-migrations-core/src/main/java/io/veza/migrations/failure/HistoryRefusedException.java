package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * The history tables cannot be used: another tool's layout, a missing privilege, content
 * that is not ours, a session that may not write.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class HistoryException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public HistoryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Create a new instance for what is not to be looked for in the tables themselves.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public HistoryException(String problem, String advice, @Nullable Throwable cause) {
		super(problem, advice, cause);
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
