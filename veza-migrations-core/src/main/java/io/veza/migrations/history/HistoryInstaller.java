package io.veza.migrations.history;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.sql.SqlQuoting;

/**
 * Creates what is missing of the history tables: the guide's table with its indexes and
 * functions, our columns, the events table, the progress table and the tables of the
 * catalog records.
 */
public final class HistoryInstaller {

	private static final String CREATE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS {schema}";

	private static final String CREATE_HISTORY = """
			CREATE TABLE IF NOT EXISTS {history} (
				id SERIAL PRIMARY KEY,
				version VARCHAR(255) NOT NULL UNIQUE,
				name VARCHAR(255) NOT NULL,
				applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
				checksum VARCHAR(64),
				execution_time INTEGER,
				status VARCHAR(20) DEFAULT 'success'
			)""";

	private static final String INDEX_VERSION = "CREATE INDEX IF NOT EXISTS {idx_version} ON {history} (version)";

	private static final String INDEX_APPLIED_AT = "CREATE INDEX IF NOT EXISTS {idx_applied_at} ON {history} (applied_at)";

	private static final String FUNCTION_APPLIED = """
			CREATE OR REPLACE FUNCTION {migration_applied}(migration_version VARCHAR)
			RETURNS BOOLEAN AS $$
			BEGIN
				RETURN EXISTS (
					SELECT 1 FROM {history}
					WHERE version = migration_version
				);
			END;
			$$ LANGUAGE plpgsql""";

	private static final String FUNCTION_RECORD = """
			CREATE OR REPLACE FUNCTION {record_migration}(
				migration_version VARCHAR,
				migration_name VARCHAR,
				migration_checksum VARCHAR DEFAULT NULL
			)
			RETURNS VOID AS $$
			BEGIN
				INSERT INTO {history} (version, name, checksum)
				VALUES (migration_version, migration_name, migration_checksum);
			END;
			$$ LANGUAGE plpgsql""";

	private static final String ADD_COLUMNS = """
			ALTER TABLE {history}
				ADD COLUMN IF NOT EXISTS up_checksum VARCHAR(80),
				ADD COLUMN IF NOT EXISTS down_sql TEXT""";

	private static final String CREATE_PROGRESS = """
			CREATE TABLE IF NOT EXISTS {progress} (
				version VARCHAR(255) NOT NULL,
				statement INTEGER NOT NULL,
				name VARCHAR(255) NOT NULL,
				operation VARCHAR(20) NOT NULL,
				checksum VARCHAR(80),
				error TEXT,
				occurred_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
				attempting INTEGER,
				catalog_before TEXT,
				PRIMARY KEY (version, statement)
			)""";

	private static final String ADD_PROGRESS_COLUMNS = """
			ALTER TABLE {progress}
				ADD COLUMN IF NOT EXISTS attempting INTEGER,
				ADD COLUMN IF NOT EXISTS catalog_before TEXT""";

	private static final String CREATE_EVENTS = """
			CREATE TABLE IF NOT EXISTS {events} (
				id BIGSERIAL PRIMARY KEY,
				operation_id UUID NOT NULL,
				phase VARCHAR(20) NOT NULL,
				operation VARCHAR(20) NOT NULL,
				version VARCHAR(255) NOT NULL,
				outcome VARCHAR(20),
				occurred_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
				duration_ms BIGINT,
				requested_by TEXT,
				reason TEXT,
				database_user TEXT NOT NULL DEFAULT session_user,
				host TEXT,
				application TEXT,
				token TEXT,
				backup TEXT,
				verification TEXT,
				error TEXT,
				up_checksum VARCHAR(80)
			)""";

	private static final String ADD_EVENT_COLUMN = "ALTER TABLE {events} ADD COLUMN IF NOT EXISTS up_checksum VARCHAR(80)";

	/** Rows are replaced as a whole, so that no key is needed for names of any length. */
	private static final String CREATE_SNAPSHOT = """
			CREATE TABLE IF NOT EXISTS {snapshot} (
				kind TEXT NOT NULL,
				identity TEXT NOT NULL,
				relation TEXT,
				definition TEXT NOT NULL
			)""";

	private static final String CREATE_RECORDS = """
			CREATE TABLE IF NOT EXISTS {records} (
				id BIGSERIAL PRIMARY KEY,
				operation_id UUID NOT NULL,
				versions TEXT[] NOT NULL,
				server INTEGER NOT NULL,
				digest TEXT NOT NULL,
				recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
			)""";

	private static final String CREATE_CHANGES = """
			CREATE TABLE IF NOT EXISTS {changes} (
				record BIGINT NOT NULL REFERENCES {records} (id) ON DELETE CASCADE,
				kind TEXT NOT NULL,
				identity TEXT NOT NULL,
				relation TEXT,
				before TEXT,
				after TEXT
			)""";

	/** A publication of all tables refuses to delete rows without an identity. */
	private static final List<String> IDENTITIES = List.of("ALTER TABLE {snapshot} REPLICA IDENTITY FULL",
			"ALTER TABLE {changes} REPLICA IDENTITY FULL");

	private static final String INDEX_CHANGES = "CREATE INDEX IF NOT EXISTS {idx_changes_record} ON {changes} (record)";

	private static final String INDEX_EVENTS = "CREATE INDEX IF NOT EXISTS {idx_events_version} ON {events} (version)";

	private static final String INDEX_OPERATION = "CREATE INDEX IF NOT EXISTS {idx_events_operation_id} ON {events} (operation_id)";

	private static final String FUNCTION_APPEND_ONLY = """
			CREATE OR REPLACE FUNCTION {append_only}()
			RETURNS TRIGGER AS $$
			BEGIN
				RAISE EXCEPTION 'The audit log "%" is append-only: % is refused.', TG_TABLE_NAME, TG_OP
					USING ERRCODE = 'insufficient_privilege';
			END;
			$$ LANGUAGE plpgsql""";

	private static final String TRIGGER_APPEND_ONLY = """
			CREATE OR REPLACE TRIGGER append_only
			BEFORE UPDATE OR DELETE OR TRUNCATE ON {events}
			FOR EACH STATEMENT EXECUTE FUNCTION {append_only}()""";

	/**
	 * Return the statements that complete a layout, to be run in one transaction.
	 * @param layout what exists
	 * @param schemaExists whether the schema exists
	 * @return the statements; none if nothing is missing
	 */
	public List<String> statements(HistoryLayout layout, boolean schemaExists) {
		List<String> statements = new ArrayList<>();
		if (layout.complete()) {
			return statements;
		}
		if (!schemaExists) {
			statements.add(CREATE_SCHEMA);
		}
		if (!layout.historyExists()) {
			statements.addAll(List.of(CREATE_HISTORY, INDEX_VERSION, INDEX_APPLIED_AT));
			if (layout.tables().history().equals(HistoryTableNames.DEFAULT_HISTORY)) {
				statements.addAll(List.of(FUNCTION_APPLIED, FUNCTION_RECORD));
			}
		}
		if (!layout.upChecksumExists() || !layout.downSqlExists()) {
			statements.add(ADD_COLUMNS);
		}
		if (!layout.progressExists()) {
			statements.add(CREATE_PROGRESS);
		}
		else if (!layout.attemptsExist()) {
			statements.add(ADD_PROGRESS_COLUMNS);
		}
		if (!layout.eventsExist()) {
			statements.addAll(
					List.of(CREATE_EVENTS, INDEX_EVENTS, INDEX_OPERATION, FUNCTION_APPEND_ONLY, TRIGGER_APPEND_ONLY));
		}
		else if (!layout.eventChecksumsExist()) {
			statements.add(ADD_EVENT_COLUMN);
		}
		if (!layout.recordsExist()) {
			statements.addAll(List.of(CREATE_SNAPSHOT, CREATE_RECORDS, CREATE_CHANGES, INDEX_CHANGES));
			statements.addAll(IDENTITIES);
		}
		return statements.stream().map((sql) -> withNames(sql, layout)).toList();
	}

	private static String withNames(String sql, HistoryLayout layout) {
		String history = layout.tables().history();
		String events = layout.tables().events();
		return sql.replace("{schema}", SqlQuoting.identifier(layout.schema()))
			.replace("{history}", layout.history())
			.replace("{events}", layout.events())
			.replace("{progress}", layout.progress())
			.replace("{idx_version}", SqlQuoting.identifier("idx_" + history + "_version"))
			.replace("{idx_applied_at}", SqlQuoting.identifier("idx_" + history + "_applied_at"))
			.replace("{idx_events_version}", SqlQuoting.identifier("idx_" + events + "_version"))
			.replace("{idx_events_operation_id}", SqlQuoting.identifier("idx_" + events + "_operation_id"))
			.replace("{snapshot}", layout.snapshot())
			.replace("{records}", layout.records())
			.replace("{changes}", layout.changes())
			.replace("{idx_changes_record}", SqlQuoting.identifier("idx_" + layout.tables().changes() + "_record"))
			.replace("{migration_applied}", layout.qualified(HistoryLayout.FUNCTION_APPLIED))
			.replace("{record_migration}", layout.qualified(HistoryLayout.FUNCTION_RECORD))
			.replace("{append_only}", layout.qualified(layout.appendOnly()));
	}

}
