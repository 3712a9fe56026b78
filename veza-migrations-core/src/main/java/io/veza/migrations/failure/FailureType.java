package io.veza.migrations.failure;

/**
 * The type of a failure, as HTTP tells it: the type, title and status of problem details
 * (RFC 9457).
 *
 * @since 0.1.0
 */
public enum FailureType {

	/** Somebody has to settle something before it can run. */
	REFUSED("refused", "Refused", 422),

	/** Migration files are not valid. */
	INVALID_FILES("invalid-files", "Invalid migration files", 422),

	/** A rollback would leave another schema than there was. */
	VERIFICATION_DIFFERS("verification-differs", "The schema would not be restored", 422),

	/** Data cannot be kept before a rollback. */
	BACKUP_FAILED("backup-failed", "The backup failed", 422),

	/** Data that a rollback has destroyed cannot be brought back. */
	RESTORE_FAILED("restore-failed", "Nothing was restored", 422),

	/** This process runs another operation. */
	OPERATION_RUNNING("operation-running", "Another operation is running", 409),

	/** Another process runs migrations. */
	LOCK_NOT_OBTAINED("operation-running", "Another process is running migrations", 409),

	/** The plan is not the one that was looked at. */
	PLAN_CHANGED("plan-changed", "The plan has changed", 409),

	/** The SQL of a migration failed. */
	MIGRATION_FAILED("migration-failed", "The SQL of a migration failed", 500),

	/** The server failed while the history was read or written. */
	HISTORY_FAILED("history-failed", "The history could not be read or written", 500),

	/** There is no connection to the database. */
	DATABASE_UNREACHABLE("database-unreachable", "Database unreachable", 503),

	/** The application is closing. */
	CLOSING("closing", "The application is closing", 503);

	private final String id;

	private final String title;

	private final int status;

	FailureType(String id, String title, int status) {
		this.id = id;
		this.title = title;
		this.status = status;
	}

	/**
	 * Return the type for machines.
	 * @return lower-case words with hyphens
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the type for people.
	 * @return a few words
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return the HTTP status.
	 * @return the number
	 */
	public int status() {
		return this.status;
	}

}
