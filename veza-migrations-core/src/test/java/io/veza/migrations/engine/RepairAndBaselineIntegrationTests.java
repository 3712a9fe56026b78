package io.veza.migrations.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RepairAndBaselineIntegrationTests {

	private static final MigrationVersion ONE = MigrationVersion.of("1");

	private static final MigrationVersion TWO = MigrationVersion.of("2");

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
	}

	@Test
	void repairAcceptsAChangedFileAndItsDown() {
		migrate();
		this.folder.with("1_a.sql", "CREATE TABLE a (id bigint);", "DROP TABLE a; SELECT 2;");

		migrator().repair(repair(Set.of(ONE), Set.of(), Set.of(), Set.of()));

		assertThat(migrate().migrations()).isEmpty();
		assertThat(this.database.query("SELECT down_sql FROM schema_migrations WHERE version = '1'"))
			.containsExactly("DROP TABLE a; SELECT 2;\n");
		assertThat(this.database.query("""
				SELECT version, operation, outcome, requested_by FROM schema_migration_events
				WHERE operation = 'repair'""")).containsExactly("1|repair|success|olivia");
	}

	@Test
	void repairSettlesAFailedMigrationAsApplied() {
		failHalfWay();

		migrator().repair(repair(Set.of(), Set.of(MigrationVersion.of("3")), Set.of(), Set.of()));

		assertThat(migrator().status().state()).isEqualTo(MigrationStatus.State.UP_TO_DATE);
		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2",
				"3");
	}

	@Test
	void repairSettlesAFailedMigrationAsPending() {
		failHalfWay();
		this.folder.with("3_half.sql", "SELECT 1;", "SELECT 1;");
		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(this::migrate);

		migrator().repair(repair(Set.of(), Set.of(), Set.of(MigrationVersion.of("3")), Set.of()));

		assertThat(migrate().migrations()).extracting(MigrationReport.Outcome::version)
			.containsExactly(MigrationVersion.of("3"));
	}

	@Test
	void repairFindsAVersionHoweverItIsSpelled() {
		failHalfWay();

		migrator().repair(repair(Set.of(), Set.of(MigrationVersion.of("003.0")), Set.of(), Set.of()));

		assertThat(this.database.query("SELECT count(*) FROM schema_migration_progress")).containsExactly("0");
		assertThat(this.database.query("SELECT version FROM schema_migration_events WHERE operation = 'repair'"))
			.containsExactly("3");
	}

	@Test
	void repairRemovesTheRowOfAMissingFile() {
		migrate();
		this.folder.without("1_a.sql");
		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(this::migrate);

		migrator().repair(repair(Set.of(), Set.of(), Set.of(), Set.of(ONE)));

		assertThat(migrate().migrations()).isEmpty();
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("2");
	}

	@Test
	void repairOfWhatIsNotBrokenIsRefusedAndWritesNothing() {
		migrate();

		assertThatExceptionOfType(PlanRefusedException.class)
			.isThrownBy(() -> migrator().repair(repair(Set.of(), Set.of(ONE), Set.of(), Set.of(TWO))))
			.satisfies((ex) -> assertThat(ex.plan().problems()).hasSize(2));

		assertThat(this.database.query("SELECT count(*) FROM schema_migration_events WHERE operation = 'repair'"))
			.containsExactly("0");
	}

	@Test
	void baselineRecordsWithoutRunning() {
		this.database.execute("CREATE TABLE a (id int)");

		migrator().baseline(new BaselineRequest(ONE, Migrators.OPERATOR));

		assertThat(this.database.query("SELECT version, status FROM schema_migrations")).containsExactly("1|baseline");
		assertThat(migrate().migrations()).extracting(MigrationReport.Outcome::version).containsExactly(TWO);
		assertThatExceptionOfType(PlanRefusedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(2)))
			.withMessageContaining("baseline");
	}

	@Test
	void baselineVersionAppliesToASchemaThatIsNotEmpty() {
		this.database.execute("CREATE TABLE a (id int)");

		MigrationReport report = baselined().migrate(MigrateRequest.all());

		assertThat(report.migrations()).extracting(MigrationReport.Outcome::version).contains(TWO);
		assertThat(this.database.query("SELECT version, status FROM schema_migrations ORDER BY id"))
			.containsExactly("1|baseline", "2|success");
	}

	@Test
	void baselineVersionDoesNotApplyToAnEmptySchema() {
		baselined().migrate(MigrateRequest.all());

		assertThat(this.database.query("SELECT version, status FROM schema_migrations ORDER BY id"))
			.containsExactly("1|success", "2|success");
	}

	private void failHalfWay() {
		this.folder.with("3_half.sql", "-- veza: transaction=off\nCREATE TABLE c (id int);\nSELECT nowhere;",
				"DROP TABLE c;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
	}

	private static RepairRequest repair(Set<MigrationVersion> changed, Set<MigrationVersion> applied,
			Set<MigrationVersion> pending, Set<MigrationVersion> missing) {
		return new RepairRequest(changed, Set.of(), applied, pending, missing, Migrators.OPERATOR);
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

	private Migrator baselined() {
		return Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(PlanningOptions.defaults().withBaseline(ONE)));
	}

}
