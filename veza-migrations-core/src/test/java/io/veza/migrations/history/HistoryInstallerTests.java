package io.veza.migrations.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryInstallerTests {

	private static final HistoryTableNames OTHER_NAMES = new HistoryTableNames(null, "history", "events", "progress");

	@Test
	void emptyDatabaseGetsTheSchemaAndAllTables() {
		List<String> statements = statements(HistoryTableNames.defaults(), Set.of(), false);

		assertThat(statements.get(0)).isEqualTo("CREATE SCHEMA IF NOT EXISTS \"app\"");
		assertThat(statements)
			.anyMatch((sql) -> sql.startsWith("CREATE TABLE IF NOT EXISTS \"app\".\"schema_migrations\" ("))
			.anyMatch((sql) -> sql.startsWith("CREATE OR REPLACE FUNCTION \"app\".\"migration_applied\"("))
			.anyMatch((sql) -> sql.startsWith("CREATE OR REPLACE TRIGGER append_only"));
		assertThat(statements).noneMatch((sql) -> sql.contains("{"));
	}

	@Test
	void functionsOfTheGuideBelongToTheTableOfTheGuide() {
		assertThat(statements(OTHER_NAMES, Set.of(), true))
			.noneMatch((sql) -> sql.contains("migration_applied") || sql.startsWith("CREATE SCHEMA"));
	}

	@Test
	void tableOfTheGuideGetsColumnsAndIsNotCreatedAgain() {
		List<String> statements = statements(OTHER_NAMES, Set.of(HistoryTablePart.HISTORY), true);

		assertThat(statements.get(0)).isEqualTo("""
				ALTER TABLE "app"."history"
					ADD COLUMN IF NOT EXISTS up_checksum VARCHAR(80),
					ADD COLUMN IF NOT EXISTS down_sql TEXT""");
		assertThat(statements).noneMatch((sql) -> sql.startsWith("CREATE TABLE IF NOT EXISTS \"app\".\"history\" ("));
	}

	@Test
	void tablesOfAnOlderVersionGetTheColumnsThatTheyLack() {
		Set<HistoryTablePart> parts = EnumSet
			.complementOf(EnumSet.of(HistoryTablePart.EVENT_CHECKSUM, HistoryTablePart.PROGRESS_ATTEMPT));

		assertThat(statements(OTHER_NAMES, parts, true)).containsExactly("""
				ALTER TABLE "app"."progress"
					ADD COLUMN IF NOT EXISTS attempting INTEGER,
					ADD COLUMN IF NOT EXISTS catalog_before TEXT""",
				"ALTER TABLE \"app\".\"events\" ADD COLUMN IF NOT EXISTS up_checksum VARCHAR(80)");
	}

	@Test
	void completeTablesGetNothing() {
		assertThat(statements(OTHER_NAMES, EnumSet.allOf(HistoryTablePart.class), true)).isEmpty();
	}

	private static List<String> statements(HistoryTableNames names, Set<HistoryTablePart> parts, boolean schemaExists) {
		return new HistoryInstaller().statements(new HistoryLayout("app", names, parts), schemaExists);
	}

}
