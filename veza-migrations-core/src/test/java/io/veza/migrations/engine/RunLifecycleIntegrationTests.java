package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RunOutcome;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.status.PlanOutlook;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that each run that starts also finishes, and says how.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunLifecycleIntegrationTests {

	private static final MigrationVersion ONE = MigrationVersion.of("1");

	private final TestDatabase database = TestDatabase.create();

	private final RecordingListener listener = new RecordingListener();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_a.sql", "CREATE TABLE a (id int PRIMARY KEY);", "DROP TABLE a;");
	}

	@AfterEach
	void drop() {
		this.database.drop();
	}

	@Test
	void rollbackWhoseDataCannotBeKeptFinishesWithFailure(CapturedOutput output) {
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);",
				"-- veza: transaction=off\nDROP INDEX CONCURRENTLY IF EXISTS i; DROP TABLE b;");
		migrator().migrate(MigrateRequest.all());

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(1)));

		MigrationReport report = this.listener.lastReport();
		assertThat(report.outcome()).isEqualTo(RunOutcome.FAILURE);
		assertThat(report.failed()).isNull();
		assertThat(report.migrations()).isEmpty();
		assertThat(report.notTried()).containsExactly(MigrationVersion.of("2"));
		assertThat(output).doesNotContain("Reverted");
	}

	@Test
	void repairThatCannotBeRecordedFinishesWithFailure() {
		migrator().migrate(MigrateRequest.all());
		this.folder.with("1_a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);", "DROP TABLE a;");
		refuse("schema_migration_events", "NEW.operation = 'repair'");

		assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator()
			.repair(new RepairRequest(Set.of(ONE), Set.of(), Set.of(), Set.of(), Set.of(), Migrators.OPERATOR)));

		assertFinishedWithFailure();
	}

	@Test
	void baselineThatCannotBeRecordedFinishesWithFailure() {
		migrator().migrate(MigrateRequest.all());
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
		this.database.execute("TRUNCATE schema_migrations");
		refuse("schema_migrations", "true");

		assertThatExceptionOfType(HistoryException.class)
			.isThrownBy(() -> migrator().baseline(new BaselineRequest(ONE, Migrators.OPERATOR)));

		assertFinishedWithFailure();
	}

	@Test
	void restoreWithoutATableForTheRowsFinishesWithFailure() {
		migrator().migrate(MigrateRequest.all());
		this.database.execute("INSERT INTO a VALUES (1)");
		UUID kept = migrator().rollback(Migrators.rollback(1)).operationId();

		assertThatExceptionOfType(RestoreFailedException.class)
			.isThrownBy(() -> migrator().restore(new RestoreRequest(kept, Migrators.OPERATOR)));

		assertFinishedWithFailure();
	}

	@Test
	void runOfManyThatCannotWriteItsHistoryRecordsWhatItHasCommitted() {
		migrator().migrate(MigrateRequest.all());
		for (int version = 2; version <= 30; version++) {
			this.folder.with(version + "_t.sql", "CREATE TABLE t" + version + " (id int);",
					"DROP TABLE t" + version + ";");
		}
		refuse("schema_migrations", "NEW.version = '25'");

		assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator().migrate(MigrateRequest.all()));

		assertThat(this.listener.lastReport().migrations()).hasSize(23);
		assertThat(this.listener.lastReport().outcome()).isEqualTo(RunOutcome.FAILURE);
		PlanOutlook rollback = migrator().outlook(Migrators.rollback(23));
		assertThat(rollback.unknown()).isEmpty();
	}

	private void assertFinishedWithFailure() {
		MigrationReport report = this.listener.lastReport();
		assertThat(report.outcome()).isEqualTo(RunOutcome.FAILURE);
		assertThat(report.migrations()).isEmpty();
		assertThat(report.notTried()).containsExactly(ONE);
	}

	private void refuse(String table, String condition) {
		this.database.execute("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'refused by a trigger'; END $$;
				CREATE TRIGGER refuse BEFORE INSERT ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION refuse()"""
			.formatted(table, condition));
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database, this.listener);
	}

	/**
	 * A listener that checks that starts and ends of runs are paired.
	 */
	private static final class RecordingListener implements MigrationListener {

		private final List<MigrationReport> reports = new ArrayList<>();

		private int started;

		@Override
		public void onRunStarted(MigrationPlan plan) {
			this.started++;
		}

		@Override
		public void onRunFinished(MigrationReport report) {
			this.reports.add(report);
		}

		MigrationReport lastReport() {
			assertThat(this.reports).hasSize(this.started);
			return this.reports.get(this.reports.size() - 1);
		}

	}

}
