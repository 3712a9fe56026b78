package io.veza.migrations.failure;

import org.jspecify.annotations.Nullable;

/**
 * A restore that failed: data that a rollback has destroyed could not be brought back.
 * Nothing was changed.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RestoreFailedException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the server or the program said, {@code null} if we found it
	 * ourselves
	 */
	public RestoreFailedException(String problem, String action, @Nullable Throwable cause) {
		super(problem, action, cause);
	}

	@Override
	public FailureType type() {
		return FailureType.RESTORE_FAILED;
	}

	@Override
	public int exitCode() {
		return 7;
	}

}
