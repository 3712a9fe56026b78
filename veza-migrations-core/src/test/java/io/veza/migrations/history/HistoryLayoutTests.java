package io.veza.migrations.history;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.failure.HistoryRefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HistoryLayoutTests {

	private static final HistoryTableNames TABLES = HistoryTableNames.defaults();

	private static final String[] GUIDE = { "id", "version", "name", "applied_at", "checksum", "execution_time",
			"status" };

	private static final String[] EVENTS = { "id", "operation_id", "phase", "operation", "version", "outcome",
			"occurred_at", "duration_ms", "requested_by", "reason", "database_user", "host", "application", "token",
			"backup", "verification", "error" };

	private static final String[] PROGRESS = { "version", "statement", "name", "operation", "checksum", "error",
			"occurred_at" };

	private final Map<String, Map<String, String>> columns = new HashMap<>();

	@Test
	void emptyDatabaseHasNoParts() {
		HistoryLayout layout = layout();

		assertThat(layout.parts()).isEmpty();
		assertThat(layout.historyExists()).isFalse();
		assertThat(layout.complete()).isFalse();
	}

	@Test
	void tableOfTheGuideIsTakenOver() {
		table("schema_migrations", GUIDE);

		assertThat(layout().parts()).containsExactly(HistoryTablePart.HISTORY);
	}

	@Test
	void tablesOfAnOlderVersionLackWhatWasAddedSince() {
		table("schema_migrations", GUIDE, "up_checksum", "down_sql");
		table("schema_migration_events", EVENTS);
		table("schema_migration_progress", PROGRESS);

		assertThat(layout().parts()).containsExactlyInAnyOrder(HistoryTablePart.HISTORY, HistoryTablePart.UP_CHECKSUM,
				HistoryTablePart.DOWN_SQL, HistoryTablePart.EVENTS, HistoryTablePart.PROGRESS);
	}

	@Test
	void recordsNeedAllOfTheirTables() {
		table("schema_migrations_snapshot", "kind", "identity", "relation", "definition");
		table("schema_migrations_records", "id", "operation_id", "versions", "server", "digest", "recorded_at");
		assertThat(layout().recordsExist()).isFalse();

		table("schema_migrations_changes", "record", "kind", "identity", "relation", "before", "after");
		assertThat(layout().recordsExist()).isTrue();
	}

	@Test
	void layoutWithAllPartsIsComplete() {
		assertThat(new HistoryLayout("public", TABLES, EnumSet.allOf(HistoryTablePart.class)).complete()).isTrue();
		assertThat(new HistoryLayout("public", TABLES, EnumSet.complementOf(EnumSet.of(HistoryTablePart.RECORDS)))
			.complete()).isFalse();
	}

	@Test
	void tableOfAnotherToolIsRefusedByItsName() {
		table("schema_migrations", "version", "dirty");

		assertThatExceptionOfType(HistoryRefusedException.class).isThrownBy(this::layout)
			.withMessage("The table \"public.schema_migrations\" is not a history table of ours: its columns are those "
					+ "of golang-migrate. Nothing was changed. Set veza.migrations.table to another name, "
					+ "and veza.migrations.baseline-version to the version whose schema is there already.");
	}

	@Test
	void versionsThatAreNoTextsAreRefused() {
		table("schema_migrations", GUIDE);
		this.columns.get("schema_migrations").put("version", "bigint");

		assertThatExceptionOfType(HistoryRefusedException.class).isThrownBy(this::layout)
			.withMessageContaining(
					"it has the columns applied_at, checksum, execution_time, id, name, status, version");
	}

	@Test
	void viewInPlaceOfTheEventsTableIsRefused() {
		this.columns.put("schema_migration_events", Map.of());

		assertThatExceptionOfType(HistoryRefusedException.class).isThrownBy(this::layout)
			.withMessage("The table \"public.schema_migration_events\" is not ours: it has the columns of no table, "
					+ "because it is a view or another kind of relation. Nothing was changed. "
					+ "Set veza.migrations.events-table to another name.");
	}

	@Test
	void namesAreQuoted() {
		HistoryTableNames names = new HistoryTableNames(null, "My \"History\"", "events", "progress");
		HistoryLayout layout = new HistoryLayout("App", names, Set.of());

		assertThat(layout.history()).isEqualTo("\"App\".\"My \"\"History\"\"\"");
		assertThat(layout.lease()).isEqualTo("\"App\".\"My \"\"History\"\"_lease\"");
		assertThat(layout.functions()).containsExactly("migration_applied", "record_migration", "events_append_only");
	}

	private HistoryLayout layout() {
		return HistoryLayout.of("public", TABLES, this.columns);
	}

	private void table(String name, String[] columns, String... more) {
		table(name, columns);
		for (String column : more) {
			this.columns.get(name).put(column, "text");
		}
	}

	private void table(String name, String... columns) {
		Map<String, String> types = new LinkedHashMap<>();
		for (String column : columns) {
			types.put(column, "text");
		}
		this.columns.put(name, types);
	}

}
