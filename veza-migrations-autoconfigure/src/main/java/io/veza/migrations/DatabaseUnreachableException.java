package io.veza.migrations;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the database could be had, or the connection was lost.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class DatabaseUnreachableException extends MigrationException {

	private final String problem;

	private final @Nullable String advice;

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.problem = message;
		this.advice = null;
	}

	/**
	 * Create a new instance for a cause about which more is known.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String problem, String advice, @Nullable Throwable cause) {
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
		return 5;
	}

}
