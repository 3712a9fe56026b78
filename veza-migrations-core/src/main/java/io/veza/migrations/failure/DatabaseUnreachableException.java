package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the database could be had, or the connection was lost.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class DatabaseUnreachableException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Create a new instance for a cause about which more is known.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the driver or the pool said
	 */
	public DatabaseUnreachableException(String problem, String advice, @Nullable Throwable cause) {
		super(problem, advice, cause);
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
