package io.veza.migrations.failure;

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

	private final @Nullable String action;

	protected MigrationException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.problem = message;
		this.action = null;
	}

	protected MigrationException(String problem, String action, @Nullable Throwable cause) {
		super(problem + " " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Return what is wrong.
	 * @return the message, without the action if that was given by itself
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return what is wrong, for somebody who does not know what was tried: under a
	 * heading, and with each part in a paragraph of its own.
	 * @return the text
	 */
	public String description() {
		return this.problem;
	}

	/**
	 * Return what to do.
	 * @return the action, or empty if the description says it
	 */
	public Optional<String> action() {
		return Optional.ofNullable(this.action);
	}

	/**
	 * Return the type of the failure.
	 * @return the type, with its title and its HTTP status
	 */
	public abstract FailureType type();

	/**
	 * Return the title of the failure.
	 * @return a few words, the same for all failures of a type
	 */
	public String title() {
		return type().title();
	}

	/**
	 * Return the HTTP status.
	 * @return the number
	 */
	public int status() {
		return type().status();
	}

	/**
	 * Return the exit code of a process that ends because of this.
	 * @return the exit code as documented
	 */
	public abstract int exitCode();

}
