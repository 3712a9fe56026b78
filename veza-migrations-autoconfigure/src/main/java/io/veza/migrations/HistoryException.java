package io.veza.migrations;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The history tables cannot be used: another tool's layout, a missing privilege, content
 * that is not ours, a session that may not write.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class HistoryException extends MigrationException {

	private final String problem;

	private final @Nullable String advice;

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public HistoryException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.problem = message;
		this.advice = null;
	}

	/**
	 * Create a new instance for what is not to be looked for in the tables themselves.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public HistoryException(String problem, String advice, @Nullable Throwable cause) {
		super(problem + " " + advice, cause);
		this.problem = problem;
		this.advice = advice;
	}

	/**
	 * Return what is wrong.
	 * @return the message, without the advice if that is known by itself
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return what to do, as far as it is known by itself.
	 * @return the advice
	 */
	public Optional<String> advice() {
		return Optional.ofNullable(this.advice);
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
