package io.veza.migrations.history;

import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryWriter.Evidence;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.Checksum;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryWriterTests {

	private static final MigrationVersion VERSION = MigrationVersion.of("001");

	private static final AppliedMigration ROW = new AppliedMigration(7, VERSION, "step", null, new Checksum("file"),
			new Checksum("v1:up"), 5, false, true, null);

	private final HistoryLayout layout = new HistoryLayout("app",
			new HistoryTableNames(null, "100%", "events", "progress"), EnumSet.allOf(HistoryTablePart.class));

	private final HistoryWriter writer = new HistoryWriter(this.layout, new UUID(0, 1),
			new RequestOrigin("o'livia", "it's due", false), new HistoryWriterProcess("host", null), "held() = '%s'");

	@Test
	void everyEventDependsOnTheLock() {
		assertThat(List.of(this.writer.started(MigrationOperation.MIGRATE, VERSION),
				this.writer.succeeded(MigrationOperation.MIGRATE, VERSION),
				this.writer.failed(MigrationOperation.MIGRATE, VERSION, "error"),
				this.writer.settled(MigrationOperation.REPAIR, VERSION),
				this.writer.reverted(VERSION, new Evidence(null, null, null))))
			.allMatch((sql) -> sql.contains("CASE WHEN held() = '%s' THEN E'001' END"));
	}

	@Test
	void startedEventHasNoOutcomeAndNoDuration() {
		assertThat(this.writer.started(MigrationOperation.ROLLBACK, VERSION)).isEqualTo(
				"""
						INSERT INTO "app"."events" (operation_id, phase, operation, version, outcome, duration_ms, requested_by, reason,
							host, application, token, backup, verification, error, up_checksum)
						VALUES (E'00000000-0000-0000-0000-000000000001', E'started', E'rollback', \
						CASE WHEN held() = '%s' THEN E'001' END, NULL, NULL, E'o''livia', E'it''s due', E'host', NULL, NULL, \
						NULL, NULL, NULL, NULL)""");
	}

	@Test
	void revertedEventHasItsEvidence() {
		Evidence evidence = new Evidence("schema \"veza_backup\"", "yes", new Checksum("v1:up"));

		assertThat(this.writer.reverted(VERSION, evidence))
			.endsWith("E'schema \"veza_backup\"', E'yes', NULL, E'v1:up')");
	}

	@Test
	void namesWithPercentSignsStayAsTheyAre() {
		assertThat(this.writer.removed(ROW)).isEqualTo("DELETE FROM \"app\".\"100%\" WHERE id = 7");
	}

	@Test
	void startIsMarkedForTheSessionOrTheTransaction() {
		assertThat(this.writer.markStart()).endsWith(", false)");
		assertThat(this.writer.markStartOfTransaction()).endsWith(", true)");
	}

	@Test
	void progressOfAStatementNeedsTheLockAndTheBeginning() {
		assertThat(this.writer.progress()
			.statementDone(MigrationOperation.MIGRATE, VERSION, "step", 2, new Checksum("v1:statement"))).isEqualTo("""
					INSERT INTO "app"."progress" (version, statement, name, operation, checksum)
					VALUES (CASE WHEN held() = '%s' AND EXISTS (SELECT 1 FROM "app"."progress" WHERE version = E'001' \
					AND statement = 0)
						THEN E'001' END, 2, E'step', E'migrate', E'v1:statement')""");
	}

	@Test
	void attemptNotesTheStatementAndTheCatalogsBefore() {
		MigrationProgress.Attempt attempt = new MigrationProgress.Attempt(3, new Checksum("v1:statement"), "invalid=");

		assertThat(this.writer.progress().attempting(VERSION, attempt)).contains("attempting = 3",
				"checksum = E'v1:statement'", "catalog_before = E'invalid='");
		assertThat(this.writer.progress().attemptEnded(VERSION)).contains("attempting = NULL");
		assertThat(this.writer.progress().cleared(VERSION))
			.isEqualTo("DELETE FROM \"app\".\"progress\" WHERE version = E'001'");
	}

	@Test
	void preparedStatementsTakeTheValuesAsParameters() {
		PreparedHistoryWriter prepared = this.writer.prepared();

		assertThat(prepared.prepare()).hasSize(4)
			.allMatch((sql) -> sql.startsWith("PREPARE veza_migrations_") && sql.contains("$1"));
		assertThat(prepared.started(VERSION)).isEqualTo("EXECUTE veza_migrations_started(E'001')");
		assertThat(prepared.reverted(VERSION, new Evidence("kept", null, null)))
			.isEqualTo("EXECUTE veza_migrations_reverted(E'001', E'kept', NULL, NULL)");
	}

}
