package io.veza.migrations.history;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryWriter.Evidence;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The SQL of the rows and events that one run writes, from the SQL of their values.
 *
 * @param layout the tables
 * @param operationId the id of the run
 * @param origin who asks and why
 * @param process which process writes
 * @param lockHeld an SQL condition that is true as long as the session holds the run's
 * lock
 */
record HistoryStatements(HistoryLayout layout, UUID operationId, RequestOrigin origin, HistoryWriterProcess process,
		String lockHeld) {

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

	private static final String INSERT_EVENT = """
			INSERT INTO {events} (operation_id, phase, operation, version, outcome, duration_ms, requested_by, reason,
				host, application, token, backup, verification, error, up_checksum)
			VALUES (%s, %s, %s, CASE WHEN {lock} THEN %s END, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""";

	/**
	 * Return the statement that notes when a step begins, by the clock of the server.
	 * @param local whether it is forgotten with the transaction
	 * @return the SQL
	 */
	static String markStart(boolean local) {
		return MARK_START.formatted(local);
	}

	/**
	 * Return a row of the history.
	 * @param values the SQL of the values that {@link #values(Migration)} returns
	 * @param elapsedMs the SQL of how long it took
	 * @param status its status
	 * @return the SQL
	 */
	String row(List<String> values, String elapsedMs, String status) {
		return filled(INSERT_HISTORY, values.get(0), values.get(1), values.get(2), values.get(3), values.get(4),
				elapsedMs, SqlQuoting.literal(status));
	}

	/**
	 * Return the removal of a row.
	 * @param row the row
	 * @return the SQL
	 */
	String removed(AppliedMigration row) {
		return filled(DELETE_HISTORY, row.id());
	}

	/**
	 * Return the values that are stored of a migration that is applied: its version, its
	 * description, its checksums, and its DOWN.
	 * @param migration the migration
	 * @return the SQL of each
	 */
	static List<String> values(Migration migration) {
		return List.of(SqlQuoting.literal(migration.version().text()), SqlQuoting.literal(migration.description()),
				SqlQuoting.literal(migration.checksum().value()), SqlQuoting.literal(migration.upChecksum().value()),
				storedDown(migration));
	}

	static String storedDown(Migration migration) {
		return SqlQuoting.literal(migration.down().script().text(HistoryWriter.MAX_STORED_DOWN).orElse(null));
	}

	/**
	 * Return an event.
	 * @param version the SQL of the version
	 * @param event what happened
	 * @return the SQL
	 */
	String event(String version, HistoryEventValues event) {
		return filled(INSERT_EVENT, SqlQuoting.literal(this.operationId.toString()), SqlQuoting.literal(event.phase()),
				SqlQuoting.literal(event.operation()), version, SqlQuoting.literal(event.outcome()), event.durationMs(),
				SqlQuoting.literal(this.origin.requestedBy()),
				SqlQuoting.literal((event.reason() != null) ? event.reason() : this.origin.reason()),
				SqlQuoting.literal(this.process.host()), SqlQuoting.literal(this.process.application()),
				SqlQuoting.literal(this.origin.token()), event.evidence().get(0), event.evidence().get(1),
				SqlQuoting.literal(event.error()), event.evidence().get(2));
	}

	/**
	 * Return the values of what is known of a rollback: what was kept, the verification,
	 * and the checksum of the UP.
	 * @param evidence what is known
	 * @return the SQL of each
	 */
	static List<String> values(Evidence evidence) {
		Checksum checksum = evidence.upChecksum();
		return List.of(SqlQuoting.literal(evidence.backup()), SqlQuoting.literal(evidence.verification()),
				SqlQuoting.literal((checksum != null) ? checksum.value() : null));
	}

	/**
	 * Return how long a step took of which an event tells that it began.
	 * @param version the SQL of its version
	 * @return the SQL
	 */
	String elapsed(String version) {
		return ELAPSED_MS.formatted(STEP_STARTED,
				filled(STARTED_AT, SqlQuoting.literal(this.operationId.toString()), version));
	}

	String elapsed(MigrationVersion version) {
		return elapsed(SqlQuoting.literal(version.text()));
	}

	/**
	 * Return how long a migration took of which no event tells that it began.
	 * @return the SQL
	 */
	static String elapsedWithoutEvent() {
		return ELAPSED_MS.formatted(STEP_STARTED, "");
	}

	/**
	 * Return a statement with the names of the tables and with its values.
	 * @param sql the statement, as a format with placeholders for the names
	 * @param values the SQL of its values
	 * @return the SQL
	 */
	String filled(String sql, Object... values) {
		return named(sql).formatted(values);
	}

	private String named(String sql) {
		return sql.replace("{history}", this.layout.history().replace("%", "%%"))
			.replace("{events}", this.layout.events().replace("%", "%%"))
			.replace("{records}", this.layout.records().replace("%", "%%"))
			.replace("{progress}", this.layout.progress().replace("%", "%%"))
			.replace("{lock}", this.lockHeld.replace("%", "%%"));
	}

}
