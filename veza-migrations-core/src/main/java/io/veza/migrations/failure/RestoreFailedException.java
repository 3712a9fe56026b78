package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * What a rollback destroyed could not be brought back, so that nothing was changed.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RestoreFailedException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the server or the program said, {@code null} if we found it
	 * ourselves
	 */
	public RestoreFailedException(String problem, String advice, @Nullable Throwable cause) {
		super(problem, advice, cause);
	}

	@Override
	public int exitCode() {
		return 7;
	}

}
