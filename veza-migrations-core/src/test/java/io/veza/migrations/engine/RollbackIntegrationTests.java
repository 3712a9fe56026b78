package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.SessionOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RollbackIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;")
			.with("3_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");
	}

	@Test
	void errorLeavesOutRowValuesIfWanted() {
		this.folder.with("4_d.sql", "CREATE TABLE d (id int PRIMARY KEY); INSERT INTO d VALUES (4711), (4711);",
				"DROP TABLE d;");
		MigratorOptions options = MigratorOptions.defaults().with(new SessionOptions(null, null, false, true));

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> Migrators.migrator(this.folder, this.database.dataSource(), options)
				.migrate(MigrateRequest.all()))
			.satisfies((ex) -> assertThat(ex.failure().detail()).startsWith("left out"))
			.withMessageNotContaining("=(4711)");
	}

	@Test
	void rollbackOfOneTakesTheLatestBackAndTellsTheAuditLog() {
		migrate();

		MigrationReport report = migrator().rollback(Migrators.rollback(1));

		assertThat(report.migrations()).extracting(MigrationReport.Outcome::version)
			.containsExactly(MigrationVersion.of("3"));
		assertThat(this.database.objects()).contains("r public.b").doesNotContain("r public.c");
		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2");
		assertThat(this.database.query("""
				SELECT version, phase, outcome, requested_by, reason FROM schema_migration_events
				WHERE operation = 'rollback' ORDER BY id""")).containsExactly("3|started||olivia|a bad release",
				"3|finished|success|olivia|a bad release");
	}

	@Test
	void rollbackDownToAVersionKeepsIt() {
		migrate();

		migrator().rollback(RollbackRequest.downTo(MigrationVersion.of("001"), Migrators.OPERATOR));

		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void rollbackOfSeveralIsAllOrNothing() {
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE nowhere;");
		migrate();

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(2)))
			.satisfies((ex) -> {
				assertThat(ex.report().failed()).isEqualTo(MigrationVersion.of("2"));
				assertThat(ex.failure().line()).isEqualTo(5);
			});

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2",
				"3");
		assertThat(this.database.objects()).contains("r public.b", "r public.c");
		assertThat(this.database.query("""
				SELECT version, phase, outcome FROM schema_migration_events
				WHERE operation = 'rollback' ORDER BY id""")).containsExactly("3|started|", "2|started|",
				"3|finished|failure", "2|finished|failure");
	}

	@Test
	void rollbackWithoutTheFileRunsTheStoredDown() {
		migrate();
		this.folder.without("3_c.sql");

		MigrationPlan plan = migrator().plan(Migrators.rollback(1));
		migrator().rollback(Migrators.rollback(1));

		assertThat(plan.steps()).singleElement()
			.satisfies((step) -> assertThat(step.source()).isEqualTo(PlanStep.Source.STORED));
		assertThat(this.database.objects()).doesNotContain("r public.c");
	}

	@Test
	void rollbackOfANonTransactionalMigrationContinuesWhereItStopped() {
		this.folder.with("4_index.sql", "CREATE INDEX CONCURRENTLY idx_c_id ON c (id);",
				"DROP INDEX CONCURRENTLY idx_c_id;\nINSERT INTO gone VALUES (1);");
		migrate();
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(1).with(BackupMode.NONE)))
			.withMessageContaining("1 of its 2 statements are done");
		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(() -> migrate());
		this.database.execute("CREATE TABLE gone (id int)");

		migrator().rollback(Migrators.rollback(1).with(BackupMode.NONE));

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2",
				"3");
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_progress")).containsExactly("0");
	}

	@Test
	void rollbackOfAnIrreversibleMigrationIsRefusedWithItsReason() {
		this.folder.withFile("4_gone.sql", "-- UP\nDROP TABLE c;\n-- DOWN\n-- irreversible: the data is gone\n");
		migrate();

		assertThatExceptionOfType(PlanRefusedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(1)))
			.withMessageContaining("the data is gone");
	}

	@Test
	void rollbackOfMoreThanIsAppliedIsRefused() {
		migrate();

		assertThatExceptionOfType(PlanRefusedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(4)));

		assertThat(this.database.query("SELECT count(*) FROM schema_migrations")).containsExactly("3");
	}

	@Test
	void planOfARollbackRunsNothing() {
		migrate();
		List<String> before = this.database.objects();

		MigrationPlan plan = migrator().plan(Migrators.rollback(2));

		assertThat(plan.steps()).extracting(PlanStep::version)
			.containsExactly(MigrationVersion.of("3"), MigrationVersion.of("2"));
		assertThat(plan.segments()).hasSize(1);
		assertThat(this.database.objects()).isEqualTo(before);
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly("0");
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

}
