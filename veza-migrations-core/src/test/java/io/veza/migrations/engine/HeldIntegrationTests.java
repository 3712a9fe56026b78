package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.veza.migrations.BackupMode;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class HeldIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("002_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;")
			.with("003_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");
	}

	@Test
	void startAfterARollbackAppliesNothingAndSaysSoOnce(CapturedOutput output) {
		rolledBack(2);

		assertThat(migrate().migrations()).isEmpty();

		assertThat(applied()).containsExactly("001");
		assertThat(output).containsOnlyOnce("Version \"002\" (b) was rolled back by \"olivia\" at ")
			.contains("WARN")
			.contains("because of \"a bad release\", so that it is held and every later one waits behind it. "
					+ "Not applied: \"002\", \"003\". Correct its UP, or release it");
	}

	@Test
	void laterMigrationWaitsBehindWhatIsHeldAndAnOlderOneDoesNot() {
		rolledBack(1);
		this.folder.with("004_d.sql", "CREATE TABLE d (id int);", "DROP TABLE d;")
			.with("002.5_e.sql", "CREATE TABLE e (id int);", "DROP TABLE e;");

		migrate();

		assertThat(applied()).containsExactly("001", "002", "002.5");
	}

	@Test
	void releaseAppliesItAgainAndForGood() {
		rolledBack(2);

		MigrationReport report = migrator().migrate(MigrateRequest.all().releasingHeld());

		assertThat(report.migrations()).hasSize(2);
		assertThat(applied()).containsExactly("001", "002", "003");
		assertThat(migrator().held()).isEmpty();
	}

	@Test
	void releaseThatFailsLeavesItHeldAndTheStatusTellsOfTheFailure() {
		rolledBack(1);
		this.database.execute("CREATE TABLE c (id int)");
		Migrator migrator = migrator();

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all().releasingHeld()));

		assertThat(migrator.held()).hasSize(1);
		assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.FAILED);
		assertThat(migrator().status().state()).isEqualTo(MigrationStatus.State.HELD);
	}

	@Test
	void rollbackThatFailedHereIsForgottenWhenAnotherOneSucceeds() {
		migrate();
		this.folder.with("003_c.sql", "CREATE TABLE c (id int);", "DROP TABLE nowhere;");
		Migrator migrator = migrator();
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator.rollback(Migrators.rollback(1).with(BackupMode.NONE)));
		this.folder.with("003_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");

		migrator().rollback(Migrators.rollback(1).with(BackupMode.NONE));

		assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.HELD);
	}

	@Test
	void releaseThatStopsHalfWayGoesOnAtTheNextStart() {
		this.folder.with("004_index.sql", "CREATE INDEX CONCURRENTLY idx_c_id ON c (id);\nCREATE TABLE d (id int);",
				"DROP TABLE d;\nDROP INDEX CONCURRENTLY idx_c_id;");
		rolledBack(1);
		this.database.execute("CREATE TABLE d (id int)");
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator().migrate(MigrateRequest.all().releasingHeld()));
		this.database.execute("DROP TABLE d");

		assertThat(migrate().migrations()).hasSize(1);
	}

	@Test
	void correctedUpIsAppliedWithoutARelease() {
		rolledBack(2);
		this.folder.with("002_b.sql", "CREATE TABLE b (id bigint);", "DROP TABLE b;")
			.with("003_c.sql", "CREATE TABLE c (id int); -- a comment is no correction", "DROP TABLE c;");

		migrate();

		assertThat(applied()).containsExactly("001", "002");
	}

	@Test
	void applicationWithoutTheFileGoesOn() {
		rolledBack(1);
		this.folder.without("003_c.sql").with("004_d.sql", "CREATE TABLE d (id int);", "DROP TABLE d;");

		migrate();

		assertThat(applied()).containsExactly("001", "002", "004");
	}

	@Test
	void versionIsHeldHoweverItIsSpelled() {
		rolledBack(1);
		this.folder.without("003_c.sql").with("3.0_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");

		assertThat(migrate().migrations()).isEmpty();
	}

	@Test
	void newestEventCountsHoweverItIsSpelled() {
		rolledBack(1);
		this.folder.without("003_c.sql").with("3_c.sql", "CREATE TABLE c (id bigint);", "DROP TABLE c;");
		migrate();
		migrator().rollback(Migrators.rollback(1).with(BackupMode.NONE));
		this.folder.without("3_c.sql").with("003_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");

		assertThat(migrator().held()).isEmpty();
		assertThat(migrate().migrations()).hasSize(1);
	}

	@Test
	void statusTellsWhoRolledBackWhenAndWhy() {
		rolledBack(2);

		MigrationStatus status = migrator().status();

		assertThat(status.state()).isEqualTo(MigrationStatus.State.HELD);
		assertThat(status.pending()).extracting(MigrationInfo::state)
			.containsExactly(MigrationState.HELD, MigrationState.HELD);
		HeldMigration held = status.pending().get(0).held();
		assertThat(held).isNotNull();
		assertThat(held.requestedBy()).isEqualTo("olivia");
		assertThat(held.reason()).isEqualTo("a bad release");
		assertThat(held.databaseUser()).isEqualTo(this.database.user());
		assertThat(held.upChecksum()).isNotNull();
	}

	@Test
	void statusWhenSomethingElseIsPendingIsPending() {
		rolledBack(1);
		this.folder.with("002.5_e.sql", "CREATE TABLE e (id int);", "DROP TABLE e;");

		assertThat(migrator().status().state()).isEqualTo(MigrationStatus.State.PENDING);
	}

	@Test
	void statusWhenNothingButLaterOnesWaitIsHeld() {
		rolledBack(1);
		this.folder.with("004_d.sql", "CREATE TABLE d (id int);", "DROP TABLE d;");

		assertThat(migrator().status().state()).isEqualTo(MigrationStatus.State.HELD);
	}

	@Test
	void heldIsSettledForThoseWhoWaitAndReportedByValidate() {
		rolledBack(1);
		this.folder.with("004_d.sql", "CREATE TABLE d (id int);", "DROP TABLE d;");

		assertThat(migrator().isUpToDate()).isTrue();
		assertThatExceptionOfType(PendingMigrationsException.class).isThrownBy(() -> migrator().validate())
			.satisfies((ex) -> {
				assertThat(ex.versions()).containsExactly(MigrationVersion.of("004"));
				assertThat(ex.held()).extracting(HeldMigration::version).containsExactly(MigrationVersion.of("003"));
			});
	}

	@Test
	void halfDoneRollbackIsFailedAndNotHeld() {
		failRollbackHalfWay();

		MigrationStatus status = migrator().status();
		assertThat(status.applied()).last().extracting(MigrationInfo::state).isEqualTo(MigrationState.FAILED);
		assertThat(migrator().plan(Migrators.rollback(1)).problems()).isEmpty();
	}

	@Test
	void halfDoneRollbackThatIsSettledAsPendingIsNotHeld() {
		failRollbackHalfWay();

		migrator().repair(new RepairRequest(Set.of(), Set.of(), Set.of(), Set.of(MigrationVersion.of("4")), Set.of(),
				Migrators.OPERATOR));

		assertThat(migrator().held()).isEmpty();
		assertThat(migrator().status().state()).isEqualTo(MigrationStatus.State.PENDING);
	}

	@Test
	void rollbackOfAllIsNotTakenForADatabaseThatNeedsABaseline() {
		rolledBack(3);
		this.database.execute("CREATE TABLE other (id int)");
		MigratorOptions options = MigratorOptions.defaults()
			.with(PlanningOptions.defaults().withBaseline(MigrationVersion.of("002")));

		Migrators.migrator(this.folder, this.database.dataSource(), options).migrate(MigrateRequest.all());

		assertThat(applied()).isEmpty();
	}

	private void rolledBack(int count) {
		migrate();
		migrator().rollback(Migrators.rollback(count).with(BackupMode.NONE));
	}

	private void failRollbackHalfWay() {
		this.folder.with("004_index.sql", "CREATE INDEX CONCURRENTLY idx_c_id ON c (id);",
				"DROP INDEX CONCURRENTLY idx_c_id;\nINSERT INTO gone VALUES (1);");
		migrate();
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator().rollback(Migrators.rollback(1).with(BackupMode.NONE)));
	}

	private List<String> applied() {
		return this.database.query("SELECT version FROM schema_migrations ORDER BY id");
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

}
