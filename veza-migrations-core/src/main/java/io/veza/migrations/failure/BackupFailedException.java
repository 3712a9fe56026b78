package io.veza.migrations.failure;

import org.jspecify.annotations.Nullable;

/**
 * A backup that failed: data that a rollback would destroy could not be kept. Nothing was
 * rolled back.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class BackupFailedException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the server or the program said, {@code null} if we found it
	 * ourselves
	 */
	public BackupFailedException(String problem, String action, @Nullable Throwable cause) {
		super(problem, action, cause);
	}

	@Override
	public FailureType type() {
		return FailureType.BACKUP_FAILED;
	}

	@Override
	public int exitCode() {
		return 7;
	}

}
