package io.veza.migrations;

import java.util.Optional;

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
		UnsupportedDatabaseException, HistoryException, BackupFailedException, RestoreFailedException,
		VerificationFailedException, PlanChangedException, RehearsalException {

	private final String problem;

	private final @Nullable String advice;

	protected MigrationException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.problem = message;
		this.advice = null;
	}

	protected MigrationException(String problem, String advice, @Nullable Throwable cause) {
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

	/**
	 * Return the exit code of a process that ends because of this.
	 * @return the exit code as documented
	 */
	public abstract int exitCode();

}
