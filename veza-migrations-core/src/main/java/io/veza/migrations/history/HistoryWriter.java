package io.veza.migrations.history;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Checksum;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RequestOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Writes the history of one run, as statements that travel with what they record. Every
 * event is refused by its {@code NOT NULL} constraint when the run's lock is gone, so
 * that nothing commits without the lock.
 */
public final class HistoryWriter {

	/** The most bytes that a DOWN may have to be stored. */
	public static final int MAX_STORED_DOWN = 1024 * 1024;

	/** The setting that holds when a step began; it dies with the session. */
	private static final String STEP_STARTED = "veza_migrations.step_started";

	private static final String MARK_START = "SELECT pg_catalog.set_config('" + STEP_STARTED
			+ "', pg_catalog.clock_timestamp()::text, %s)";

	private static final String ELAPSED_MS = """
			(extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(
				nullif(pg_catalog.current_setting('%s', true), '')::timestamptz,%s
				pg_catalog.transaction_timestamp())) * 1000)::bigint""";

	/** A session that is shared forgets the setting, and then the event tells. */
	private static final String STARTED_AT = """

			(SELECT pg_catalog.max(e.occurred_at) FROM {events} e
				WHERE e.operation_id = %s AND e.version = %s AND e.phase = 'started'),""";

	private static final String INSERT_HISTORY = """
			INSERT INTO {history} (version, name, applied_at, checksum, up_checksum, down_sql, execution_time, status)
			VALUES (%s, %s, pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', %s, %s, %s, least(%s, 2147483647)::integer, %s)""";

	private static final String DELETE_HISTORY = "DELETE FROM {history} WHERE id = %s";

	private static final String UPDATE_CHECKSUMS = """
			UPDATE {history}
			SET checksum = %s, up_checksum = %s, down_sql = %s
			WHERE id = %s""";

	private static final String UPDATE_DOWN = "UPDATE {history} SET down_sql = %s WHERE id = %s";

	/** The operation of the event that tells of a stored DOWN which was replaced. */
	private static final String REFRESH = "refresh";

	private static final String FILL_MISSING = """
			UPDATE {history}
			SET checksum = coalesce(checksum, %s), up_checksum = %s, down_sql = coalesce(down_sql, %s)
			WHERE id = %s AND up_checksum IS NULL""";

	private static final String INSERT_EVENT = """
			INSERT INTO {events} (operation_id, phase, operation, version, outcome, duration_ms, requested_by, reason,
				host, application, token, backup, verification, error, up_checksum)
			VALUES (%s, %s, %s, CASE WHEN {lock} THEN %s END, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""";

	private static final String BEGIN_PROGRESS = """
			INSERT INTO {progress} (version, statement, name, operation)
			VALUES (%s, 0, %s, %s)
			ON CONFLICT (version, statement) DO UPDATE SET error = NULL, occurred_at = pg_catalog.clock_timestamp()""";

	/** Another run that had the lock in between would have cleared the beginning. */
	private static final String INSERT_PROGRESS = """
			INSERT INTO {progress} (version, statement, name, operation, checksum)
			VALUES (CASE WHEN {lock} AND EXISTS (SELECT 1 FROM {progress} WHERE version = %1$s AND statement = 0)
				THEN %1$s END, %2$s, %3$s, %4$s, %5$s)""";

	private static final String ATTEMPT = """
			UPDATE {progress}
			SET version = CASE WHEN {lock} THEN version END, attempting = %s, checksum = %s, catalog_before = %s
			WHERE version = %s AND statement = 0""";

	private static final String END_ATTEMPT = """
			UPDATE {progress}
			SET attempting = NULL, checksum = NULL, catalog_before = NULL
			WHERE version = %s AND statement = 0""";

	private static final String FAIL_PROGRESS = "UPDATE {progress} SET error = %s WHERE version = %s AND statement = 0";

	private static final String DELETE_PROGRESS = "DELETE FROM {progress} WHERE version = %s";

	private final HistoryLayout layout;

	private final UUID operationId;

	private final RequestOrigin origin;

	private final Writer writer;

	private final String lockHeld;

	/**
	 * Create a new instance.
	 * @param layout the tables
	 * @param operationId the id of the run
	 * @param origin who asks and why
	 * @param writer which process writes
	 * @param lockHeld an SQL condition that is true as long as the session holds the
	 * run's lock
	 */
	public HistoryWriter(HistoryLayout layout, UUID operationId, RequestOrigin origin, Writer writer, String lockHeld) {
		this.layout = layout;
		this.operationId = operationId;
		this.origin = origin;
		this.writer = writer;
		this.lockHeld = lockHeld;
	}

	/**
	 * Which process writes.
	 *
	 * @param host the name of its host, {@code null} if unknown
	 * @param application the name of the application, {@code null} if it has none
	 */
	public record Writer(@Nullable String host, @Nullable String application) {
	}

	/**
	 * What a rollback leaves in the audit log besides its outcome.
	 *
	 * @param backup what was kept, {@code null} if there was nothing to keep
	 * @param verification whether the schema was restored
	 * @param upChecksum the checksum of the UP that was taken back, {@code null} if
	 * unknown
	 */
	public record Evidence(@Nullable String backup, @Nullable String verification, @Nullable Checksum upChecksum) {

		static final Evidence NONE = new Evidence(null, null, null);

	}

	private record Entry(String phase, String operation, @Nullable String outcome, String durationMs,
			@Nullable String error, Evidence evidence) {
	}

	/**
	 * Return the statement that notes when a step begins, by the clock of the server.
	 * @return the SQL
	 */
	public String markStart() {
		return MARK_START.formatted(false);
	}

	/**
	 * Return the statement that notes when a step begins, and forgets it with the
	 * transaction.
	 * @return the SQL
	 */
	public String markStartOfTransaction() {
		return MARK_START.formatted(true);
	}

	/**
	 * Return the row of a migration that was applied.
	 * @param migration the migration
	 * @return the SQL
	 */
	public String applied(Migration migration) {
		return insert(migration, elapsed(migration.version()), "success");
	}

	/**
	 * Return the row of a migration whose schema was there before.
	 * @param migration the migration
	 * @return the SQL
	 */
	public String baseline(Migration migration) {
		return insert(migration, "0", HistoryReader.BASELINE);
	}

	/**
	 * Return the removal of a row.
	 * @param row the row
	 * @return the SQL
	 */
	public String removed(AppliedMigration row) {
		return named(DELETE_HISTORY).formatted(row.id());
	}

	/**
	 * Return the acceptance of a file for a row.
	 * @param row the row
	 * @param migration the file
	 * @return the SQL
	 */
	public String accepted(AppliedMigration row, Migration migration) {
		return named(UPDATE_CHECKSUMS).formatted(literal(migration.checksum()), literal(migration.upChecksum()),
				storedDown(migration), row.id());
	}

	/**
	 * Return the completion of a row that another runner wrote.
	 * @param row the row
	 * @param migration the file that matches it
	 * @return the SQL
	 */
	public String filled(AppliedMigration row, Migration migration) {
		return named(FILL_MISSING).formatted(literal(migration.checksum()), literal(migration.upChecksum()),
				storedDown(migration), row.id());
	}

	/**
	 * Return the replacement of a stored DOWN by that of a file, and its event.
	 * @param row the row
	 * @param migration the file
	 * @param before the checksum of what is stored, {@code null} if nothing is
	 * @param after the checksum of what the file says, {@code null} if it is too large to
	 * be stored
	 * @return the SQL
	 */
	public List<String> refreshed(AppliedMigration row, Migration migration, @Nullable Checksum before,
			@Nullable Checksum after) {
		String reason = "The DOWN of \"" + migration.file() + "\" was corrected: SHA-256 "
				+ ((before != null) ? before : "of nothing") + " stored before, "
				+ ((after != null) ? after + " now" : "nothing now, because it has more than 1 MB");
		return List.of(named(UPDATE_DOWN).formatted(storedDown(migration), row.id()),
				event(row.version(), new Entry("finished", REFRESH, "success", "0", null, Evidence.NONE), reason));
	}

	/**
	 * Return the event of a step that begins.
	 * @param operation what is done
	 * @param version the version
	 * @return the SQL
	 */
	public String started(MigrationOperation operation, MigrationVersion version) {
		return started(literal(version.text()), operation);
	}

	String started(String version, MigrationOperation operation) {
		return event(version, new Entry("started", operation.id(), null, "NULL", null, Evidence.NONE),
				this.origin.reason(), values(Evidence.NONE));
	}

	/**
	 * Return the event of a step that is done.
	 * @param operation what was done
	 * @param version the version
	 * @return the SQL
	 */
	public String succeeded(MigrationOperation operation, MigrationVersion version) {
		return event(version, new Entry("finished", operation.id(), "success", elapsed(version), null, Evidence.NONE));
	}

	/**
	 * Return the event of a migration that was taken back.
	 * @param version the version
	 * @param evidence what is known of it
	 * @return the SQL
	 */
	public String reverted(MigrationVersion version, Evidence evidence) {
		return event(version,
				new Entry("finished", MigrationOperation.ROLLBACK.id(), "success", elapsed(version), null, evidence));
	}

	/**
	 * Return the event of something that was settled without running anything.
	 * @param operation what was done
	 * @param version the version
	 * @return the SQL
	 */
	public String settled(MigrationOperation operation, MigrationVersion version) {
		return event(version, new Entry("finished", operation.id(), "success", "0", null, Evidence.NONE));
	}

	/**
	 * Return the event of a step that failed.
	 * @param operation what was tried
	 * @param version the version
	 * @param error what went wrong
	 * @return the SQL
	 */
	public String failed(MigrationOperation operation, MigrationVersion version, String error) {
		return event(version, new Entry("finished", operation.id(), "failure", elapsed(version), error, Evidence.NONE));
	}

	/**
	 * Return the beginning, or the resumption, of a non-transactional step.
	 * @param operation what is done
	 * @param version the version
	 * @param description the description
	 * @return the SQL
	 */
	public String progressBegun(MigrationOperation operation, MigrationVersion version, String description) {
		return named(BEGIN_PROGRESS).formatted(literal(version.text()), literal(description), literal(operation.id()));
	}

	/**
	 * Return that a statement of a non-transactional step is done.
	 * @param operation what is done
	 * @param version the version
	 * @param description the description
	 * @param number the number of the statement, from 1
	 * @param checksum the checksum of the statement
	 * @return the SQL
	 */
	public String progress(MigrationOperation operation, MigrationVersion version, String description, int number,
			Checksum checksum) {
		return named(INSERT_PROGRESS).formatted(literal(version.text()), number, literal(description),
				literal(operation.id()), literal(checksum));
	}

	/**
	 * Return that a statement of a non-transactional step is about to be sent.
	 * @param version the version
	 * @param attempt the statement
	 * @return the SQL
	 */
	public String attempting(MigrationVersion version, MigrationProgress.Attempt attempt) {
		return named(ATTEMPT).formatted(attempt.statement(), literal(attempt.checksum()),
				literal(attempt.catalogBefore()), literal(version.text()));
	}

	/**
	 * Return that it is known what became of the statement that was about to be sent.
	 * @param version the version
	 * @return the SQL
	 */
	public String attemptEnded(MigrationVersion version) {
		return named(END_ATTEMPT).formatted(literal(version.text()));
	}

	/**
	 * Return why a non-transactional step stopped.
	 * @param version the version
	 * @param error what went wrong
	 * @return the SQL
	 */
	public String progressFailed(MigrationVersion version, String error) {
		return named(FAIL_PROGRESS).formatted(literal(error), literal(version.text()));
	}

	/**
	 * Return that a non-transactional step is settled.
	 * @param version the version
	 * @return the SQL
	 */
	public String progressCleared(MigrationVersion version) {
		return named(DELETE_PROGRESS).formatted(literal(version.text()));
	}

	/**
	 * Return the writer of the same history for a session that prepares its statements.
	 * @return the writer
	 */
	public PreparedHistory prepared() {
		return new PreparedHistory(this);
	}

	private String insert(Migration migration, String elapsedMs, String status) {
		return insert(values(migration), elapsedMs, status);
	}

	/**
	 * Return the SQL of what is recorded of a migration that is applied: its version, its
	 * description, its checksums, and its DOWN.
	 */
	static List<String> values(Migration migration) {
		return List.of(literal(migration.version().text()), literal(migration.description()),
				literal(migration.checksum()), literal(migration.upChecksum()), storedDown(migration));
	}

	/**
	 * Return a row of the history.
	 * @param values the SQL of what {@link #values} returns
	 * @param elapsedMs the SQL of how long it took
	 * @param status its status
	 */
	String insert(List<String> values, String elapsedMs, String status) {
		return named(INSERT_HISTORY).formatted(values.get(0), values.get(1), values.get(2), values.get(3),
				values.get(4), elapsedMs, literal(status));
	}

	private String event(MigrationVersion version, Entry entry) {
		return event(version, entry, this.origin.reason());
	}

	private String event(MigrationVersion version, Entry entry, @Nullable String reason) {
		return event(literal(version.text()), entry, reason, values(entry.evidence()));
	}

	/**
	 * Return the event of a step that is done.
	 * @param version the SQL of its version
	 * @param operation what was done
	 * @param elapsedMs the SQL of how long it took
	 * @param evidence the SQL of what {@link #values(Evidence)} returns
	 */
	String finished(String version, MigrationOperation operation, String elapsedMs, List<String> evidence) {
		return event(version, new Entry("finished", operation.id(), "success", elapsedMs, null, Evidence.NONE),
				this.origin.reason(), evidence);
	}

	private String event(String version, Entry entry, @Nullable String reason, List<String> evidence) {
		return named(INSERT_EVENT).formatted(literal(this.operationId.toString()), literal(entry.phase()),
				literal(entry.operation()), version, literal(entry.outcome()), entry.durationMs(),
				literal(this.origin.requestedBy()), literal(reason), literal(this.writer.host()),
				literal(this.writer.application()), literal(this.origin.token()), evidence.get(0), evidence.get(1),
				literal(entry.error()), evidence.get(2));
	}

	/** Return the SQL of what was kept, of the verification and of the checksum. */
	static List<String> values(Evidence evidence) {
		return List.of(literal(evidence.backup()), literal(evidence.verification()), literal(evidence.upChecksum()));
	}

	private String elapsed(MigrationVersion version) {
		return elapsed(literal(version.text()));
	}

	String elapsed(String version) {
		return ELAPSED_MS.formatted(STEP_STARTED,
				named(STARTED_AT).formatted(literal(this.operationId.toString()), version));
	}

	/**
	 * Return how long a migration took of which no event tells that it began.
	 */
	static String elapsed() {
		return ELAPSED_MS.formatted(STEP_STARTED, "");
	}

	private static String storedDown(Migration migration) {
		return literal(migration.down().script().text(MAX_STORED_DOWN).orElse(null));
	}

	private static String literal(@Nullable Checksum checksum) {
		return literal((checksum != null) ? checksum.value() : null);
	}

	static String literal(@Nullable String value) {
		return SqlQuoting.literal(value);
	}

	private String named(String sql) {
		return sql.replace("{history}", this.layout.history().replace("%", "%%"))
			.replace("{events}", this.layout.events().replace("%", "%%"))
			.replace("{progress}", this.layout.progress().replace("%", "%%"))
			.replace("{lock}", this.lockHeld.replace("%", "%%"));
	}

}
