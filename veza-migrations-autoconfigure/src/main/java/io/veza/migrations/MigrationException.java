package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that this project throws on purpose. A message says what is
 * wrong, with the concrete names, and what to do.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public abstract sealed class MigrationException extends RuntimeException
		permits InvalidMigrationsException, PlanRefusedException, PendingMigrationsException, MigrationFailedException,
		LockNotObtainedException, OperationRunningException, MigratorClosedException, DatabaseUnreachableException,
		UnsupportedDatabaseException, HistoryException {

	protected MigrationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Return the exit code of a process that ends because of this.
	 * @return the exit code as documented
	 */
	public abstract int exitCode();

}
