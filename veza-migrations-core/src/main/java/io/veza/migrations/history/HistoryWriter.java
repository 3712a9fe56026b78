package io.veza.migrations.history;

import java.util.UUID;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * Writes, as SQL, what one run does with migrations. Its statements are sent together
 * with what they record. Every event is refused by its {@code NOT NULL} constraint when
 * the lock of the run is gone, so that nothing commits without the lock.
 */
public final class HistoryWriter {

	/** The most bytes that a DOWN may have to be stored. */
	public static final int MAX_STORED_DOWN = 1024 * 1024;

	private final HistoryStatements statements;

	/**
	 * Create a new instance.
	 * @param layout the tables
	 * @param operationId the id of the run
	 * @param origin who asks and why
	 * @param process which process writes
	 * @param lockHeld an SQL condition that is true as long as the session holds the
	 * run's lock
	 */
	public HistoryWriter(HistoryLayout layout, UUID operationId, RequestOrigin origin, HistoryWriterProcess process,
			String lockHeld) {
		this.statements = new HistoryStatements(layout, operationId, origin, process, lockHeld);
	}

	/**
	 * The evidence that a rollback leaves in the audit log besides its outcome.
	 *
	 * @param backup what was kept, {@code null} if there was nothing to keep
	 * @param verification whether the schema was restored
	 * @param upChecksum the checksum of the UP that was taken back, {@code null} if
	 * unknown
	 */
	public record Evidence(@Nullable String backup, @Nullable String verification, @Nullable Checksum upChecksum) {

		static final Evidence NONE = new Evidence(null, null, null);

	}

	/**
	 * Return the statement that notes when a step begins, by the clock of the server.
	 * @return the SQL
	 */
	public String markStart() {
		return HistoryStatements.markStart(false);
	}

	/**
	 * Return the statement that notes when a step begins, and forgets it with the
	 * transaction.
	 * @return the SQL
	 */
	public String markStartOfTransaction() {
		return HistoryStatements.markStart(true);
	}

	/**
	 * Return the row of a migration that was applied.
	 * @param migration the migration
	 * @return the SQL
	 */
	public String applied(Migration migration) {
		return this.statements.row(HistoryStatements.values(migration), this.statements.elapsed(migration.version()),
				"success");
	}

	/**
	 * Return the row of a migration whose schema was there before.
	 * @param migration the migration
	 * @return the SQL
	 */
	public String baseline(Migration migration) {
		return this.statements.row(HistoryStatements.values(migration), "0", HistoryLayout.BASELINE);
	}

	/**
	 * Return the removal of a row.
	 * @param row the row
	 * @return the SQL
	 */
	public String removed(AppliedMigration row) {
		return this.statements.removed(row);
	}

	/**
	 * Return the event of a step that begins.
	 * @param operation what is done
	 * @param version the version
	 * @return the SQL
	 */
	public String started(MigrationOperation operation, MigrationVersion version) {
		return event(version, HistoryEventValues.started(operation));
	}

	/**
	 * Return the event of a step that is done.
	 * @param operation what was done
	 * @param version the version
	 * @return the SQL
	 */
	public String succeeded(MigrationOperation operation, MigrationVersion version) {
		return event(version, HistoryEventValues.succeeded(operation, this.statements.elapsed(version)));
	}

	/**
	 * Return the event of a migration that was taken back.
	 * @param version the version
	 * @param evidence what is known of it
	 * @return the SQL
	 */
	public String reverted(MigrationVersion version, Evidence evidence) {
		return event(version, HistoryEventValues.succeeded(MigrationOperation.ROLLBACK,
				this.statements.elapsed(version), HistoryStatements.values(evidence)));
	}

	/**
	 * Return the event of something that was settled without running anything.
	 * @param operation what was done
	 * @param version the version
	 * @return the SQL
	 */
	public String settled(MigrationOperation operation, MigrationVersion version) {
		return event(version, HistoryEventValues.succeeded(operation, "0"));
	}

	/**
	 * Return the event of a step that failed.
	 * @param operation what was tried
	 * @param version the version
	 * @param error what went wrong
	 * @return the SQL
	 */
	public String failed(MigrationOperation operation, MigrationVersion version, String error) {
		return event(version, HistoryEventValues.failed(operation, this.statements.elapsed(version), error));
	}

	private String event(MigrationVersion version, HistoryEventValues event) {
		return this.statements.event(SqlQuoting.literal(version.text()), event);
	}

	/**
	 * Return the writer of the progress of the same run.
	 * @return the writer
	 */
	public MigrationProgressWriter progress() {
		return new MigrationProgressWriter(this.statements);
	}

	/**
	 * Return the corrections of rows that the same run makes.
	 * @return the corrections
	 */
	public HistoryCorrections corrections() {
		return new HistoryCorrections(this.statements);
	}

	/**
	 * Return the writer of the same history for a session that prepares its statements.
	 * @return the writer
	 */
	public PreparedHistoryWriter prepared() {
		return new PreparedHistoryWriter(this.statements);
	}

}
