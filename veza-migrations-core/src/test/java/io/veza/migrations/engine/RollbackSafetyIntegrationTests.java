package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

import io.veza.migrations.Backup;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.PlanChangedException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What would lose data or mislead an operator, had nobody thought of it.
 */
class RollbackSafetyIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_users.sql",
					"CREATE TABLE users (id int PRIMARY KEY, data jsonb); CREATE VIEW v AS SELECT id FROM users;",
					"DROP VIEW v; DROP TABLE users;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void valuesThatAreComputedAnewAreKept() {
		this.folder.with("2_wrap.sql", "UPDATE users SET data = jsonb_build_object('v1', data);",
				"ALTER TABLE users ALTER data TYPE jsonb USING data -> 'v1';");
		migrate();
		this.database.execute("INSERT INTO users VALUES (1, '{\"v1\": 1, \"v2\": 2}')");

		MigrationReport report = rollback();

		assertThat(report.backup().kept()).extracting(Backup.Kept::rows).containsExactly(1L);
	}

	@Test
	void isolationOfTheSessionHidesNothingFromTheCopy() {
		migrate();
		this.database.execute("INSERT INTO users VALUES (1, NULL); ALTER DATABASE " + this.database.name()
				+ " SET default_transaction_isolation = 'repeatable read'");

		assertThat(rollback().backup().kept()).extracting(Backup.Kept::rows).containsExactly(1L);
	}

	@Test
	void downThatAsksForAnotherIsolationCannotBeKept() {
		this.folder.with("2_down.sql", "SELECT;", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; DELETE FROM users;");
		migrate();

		assertThatExceptionOfType(BackupFailedException.class).isThrownBy(this::rollback)
			.withMessageContaining("sets the isolation level \"serializable\"");
	}

	@Test
	void publicationOfAllTablesIsNoObstacle() {
		this.folder.with("2_publish.sql", "CREATE PUBLICATION everything FOR ALL TABLES;",
				"DROP PUBLICATION everything;");
		migrate();
		this.folder.with("3_t.sql", "CREATE TABLE t (id int);", "DROP TABLE t;");
		migrate();

		rollback();

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2");
	}

	@Test
	void twoRollbacksAtOnceDoNotTakeBackTwiceAsMuch() {
		this.folder.with("2_t.sql", "CREATE TABLE t (id int);", "DROP TABLE t;");
		migrate();
		Migrator second = migrator();
		CompletableFuture<MigrationReport> other = new CompletableFuture<>();
		Migrator first = Migrators.migrator(this.folder, this.database, new MigrationListener() {

			@Override
			public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
				other.completeAsync(
						() -> second.rollback(RollbackRequest.latest(1, new RequestOrigin("otto", null, true))));
				await().until(() -> second.running().map((running) -> running.waitingFor() != null).orElse(false));
			}

		});

		first.rollback(Migrators.rollback(1));

		assertThatExceptionOfType(CompletionException.class).isThrownBy(other::join)
			.withCauseInstanceOf(PlanChangedException.class);
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void operatorOfTheRollbackThatIsRunningIsNamed() {
		migrate();
		AtomicReference<LockNotObtainedException> refused = new AtomicReference<>();
		Migrator second = migrator();
		Migrator first = Migrators.migrator(this.folder, this.database, new MigrationListener() {

			@Override
			public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
				refused.set(catchThrowableOfType(LockNotObtainedException.class,
						() -> second.rollback(Migrators.rollback(1))));
			}

		});

		first.rollback(Migrators.rollback(1));

		assertThat(refused.get())
			.hasMessageContaining("It runs the rollback of version \"1\", requested by \"olivia\", since");
		assertThat(refused.get().last()).isPresent();
	}

	@Test
	void driftThatCannotBeLookedAtIsNotTakenOver() throws SQLException {
		migrate();
		this.database.execute("CREATE INDEX by_hand ON users (data)");
		this.folder.with("2_t.sql", "CREATE TABLE t (id int);", "DROP TABLE t;");
		Migrator strict = Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(new VerificationOptions(DriftPolicy.FAIL, false, false)));

		try (TestSession owner = TestSession.executed(this.database.dataSource(), "BEGIN; LOCK TABLE users")) {
			assertThat(owner.pid()).isPositive();
			assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(() -> strict.migrate(MigrateRequest.all()))
				.withMessageContaining("It could not be checked whether the schema is as the newest run left it");
		}

		assertThat(strict.drift().orElseThrow()).hasSize(1);
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private MigrationReport rollback() {
		return migrator().rollback(Migrators.rollback(1));
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

}
