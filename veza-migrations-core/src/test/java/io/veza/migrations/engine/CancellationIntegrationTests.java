package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.MigratorClosedException;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.EnabledIfPgBouncer;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.PgBouncer;
import io.veza.migrations.testsupport.PgBouncer.PoolMode;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the end of an application does to a run.
 */
@Timeout(120)
class CancellationIntegrationTests {

	/** The machine may be busy with other tests. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String SLEEP = "SELECT pg_sleep(3600);";

	private final TestDatabase database = TestDatabase.create();

	private HikariDataSource pool;

	private MigrationFolder folder;

	@BeforeEach
	void prepare(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_first.sql", "CREATE TABLE first (id int PRIMARY KEY);", "DROP TABLE first;");
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.url());
		config.setUsername(this.database.user());
		config.setPassword(this.database.password());
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
		this.pool = new HikariDataSource(config);
	}

	@AfterEach
	void closePool() {
		this.pool.close();
	}

	@Test
	void closeCancelsTheStatementAndLeavesNothingOfItsMigration() {
		this.folder.with("2_slow.sql", "CREATE TABLE slow (id int);\n" + SLEEP, "DROP TABLE slow;")
			.with("3_later.sql", "CREATE TABLE later (id int);", "DROP TABLE later;");

		MigrationFailedException failure = (MigrationFailedException) closeDuring("pg_sleep");

		assertThat(failure).hasMessageContaining("""
				Version "2" could not be applied. Its transaction was rolled back: nothing of it is in the database.
				""")
			.hasMessageContaining("2_slow.sql:3:1: The application was closing, so that the statement was ended: "
					+ "canceling statement due to user request (SQLSTATE 57014)")
			.hasMessageEndingWith("Action: Start again to continue.");
		assertThat(failure.report().migrations()).extracting(MigrationReport.Outcome::version)
			.containsExactly(MigrationVersion.of("1"));
		assertThat(failure.report().notTried()).containsExactly(MigrationVersion.of("3"));
		assertThat(this.database.objects()).contains("r public.first").doesNotContain("r public.slow");
	}

	@Test
	void closeGivesBackTheLockAndACleanConnection() throws SQLException {
		this.folder.with("2_slow.sql", "SET work_mem = '1MB';\n" + SLEEP, "SELECT 1;");

		closeDuring("pg_sleep");

		assertThat(advisoryLocks()).isEqualTo("0");
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			assertThat(statement.executeQuery("SELECT 1 WHERE current_setting('work_mem') = '4MB'").next()).isTrue();
		}
	}

	@Test
	void closeInAPipelineOfStatementsCancelsIt() {
		this.folder.with("2_slow.sql", "CREATE TABLE slow (id int);\nDO $$ BEGIN PERFORM pg_sleep(3600); END $$;",
				"DROP TABLE slow;");

		assertThat(closeDuring("pg_sleep")).isInstanceOf(MigrationFailedException.class)
			.hasMessageContaining("2_slow.sql:3:7: The application was closing");
	}

	@Test
	void closeInANonTransactionalMigrationRecordsWhatIsDone() {
		this.folder.with("2_slow.sql", "CREATE INDEX CONCURRENTLY i ON first (id);\n" + SLEEP + "\nSELECT 1;",
				"DROP INDEX CONCURRENTLY i;");

		assertThat(closeDuring("pg_sleep")).isInstanceOf(MigrationFailedException.class)
			.hasMessageContaining(
					"1 of its 3 statements are done and recorded; the next run continues with statement 2.")
			.hasMessageContaining("2_slow.sql:3:1: The application was closing");
		assertThat(this.database.query(
				"SELECT error LIKE '%application was closing%' FROM schema_migration_progress WHERE error IS NOT NULL"))
			.containsExactly("t");

		this.folder.with("2_slow.sql", "CREATE INDEX CONCURRENTLY i ON first (id);\nSELECT 2;\nSELECT 1;",
				"DROP INDEX CONCURRENTLY i;");
		assertThat(migrator().migrate(MigrateRequest.all()).migrations()).hasSize(1);
	}

	@Test
	void closeDuringAnIndexThatWaitsForAnOldTransactionCancelsIt() throws SQLException {
		this.folder.with("2_index.sql", "CREATE INDEX CONCURRENTLY i ON first (id);", "DROP INDEX CONCURRENTLY i;");
		try (Connection old = this.database.connect(); Statement statement = old.createStatement()) {
			old.setAutoCommit(false);
			old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			statement.execute("CREATE TABLE other (id int)");

			assertThat(closeDuring("CREATE INDEX CONCURRENTLY"))
				.hasMessageContaining("None of its 1 statements is done");
		}
		assertThat(migrator().migrate(MigrateRequest.all()).migrations()).hasSize(1);
	}

	@Test
	void closeDuringCopyCancelsIt() {
		this.folder.with("1_first.sql", """
				CREATE TABLE first (id int);
				CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql
					AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
				CREATE TRIGGER slow BEFORE INSERT ON first FOR EACH ROW EXECUTE FUNCTION slow();""",
				"DROP TABLE first; DROP FUNCTION slow;");
		this.folder.with("2_copy.sql", "COPY first FROM STDIN;\n" + "1\n".repeat(2_000_000) + "\\.",
				"DELETE FROM first;");

		assertThat(closeDuring("COPY")).hasMessageContaining("2_copy.sql:")
			.hasMessageContaining("The application was closing, so that the statement was ended");
		assertThat(this.database.query("SELECT count(*) FROM first")).containsExactly("0");
		assertThat(advisoryLocks()).isEqualTo("0");
	}

	@Test
	void closeInARollbackIsRecordedAndNothingIsTakenBack() {
		this.folder.with("2_slow.sql", "SELECT 1;", "DROP TABLE first;\n" + SLEEP);
		migrator().migrate(MigrateRequest.all());

		Migrator migrator = migrator();
		CompletableFuture<MigrationReport> run = CompletableFuture
			.supplyAsync(() -> migrator.rollback(Migrators.rollback(1)));
		awaitRunning("pg_sleep");
		migrator.close();

		assertThat(failure(run))
			.hasMessageContaining("Version \"2\" could not be reverted. Its transaction was rolled");
		assertThat(this.database.query("SELECT outcome, error LIKE '%was closing%' FROM schema_migration_events "
				+ "WHERE operation = 'rollback' AND phase = 'finished'"))
			.containsExactly("failure|t");
		assertThat(this.database.objects()).contains("r public.first");
	}

	@Test
	void closeBetweenTwoMigrationsBeginsNoOther() {
		this.folder.with("2_later.sql", "CREATE TABLE later (id int);", "DROP TABLE later;");
		Migrator[] migrator = new Migrator[1];
		migrator[0] = Migrators.migrator(this.folder, this.pool, MigratorOptions.defaults(), new MigrationListener() {

			@Override
			public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
				migrator[0].close();
			}

		});

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator[0].migrate(MigrateRequest.all()))
			.withMessage("Version \"2\" could not be applied. This run has done nothing of it.\n" + file("2_later.sql")
					+ ": The application was closing, so that it was not begun\nAction: Start again to continue.");
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void cancelBetweenTwoStatementsSendsNoOther() {
		this.folder.with("1_first.sql", "CREATE TABLE first (id int);\n" + "SELECT 1;\n".repeat(5),
				"DROP TABLE first;");
		Migrator[] migrator = new Migrator[1];
		migrator[0] = Migrators.migrator(this.folder, this.pool, MigratorOptions.defaults(), new MigrationListener() {

			@Override
			public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
				migrator[0].requestClose();
			}

		});

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator[0].migrate(MigrateRequest.all()))
			.withMessageContaining("The application was closing, so that this statement was not begun");
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void closeWhileAnotherRunIsAwaitedEndsTheWait() throws SQLException {
		try (Connection other = this.database.connect(); Statement statement = other.createStatement()) {
			statement
				.execute("SELECT pg_advisory_lock(" + AdvisoryLockKey.of("public", "schema_migrations").value() + ")");
			Migrator migrator = migrator();
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			await().atMost(PATIENCE)
				.until(() -> migrator.running().filter((running) -> running.waitingFor() != null).isPresent());

			migrator.close();

			assertThat(failure(run)).isInstanceOf(LockNotObtainedException.class)
				.hasMessageContaining("because the application closes");
		}
	}

	@Test
	void closeWhileALockIsTriedAgainEndsIt() throws SQLException {
		migrator().migrate(MigrateRequest.all());
		this.folder.with("2_alter.sql", "ALTER TABLE first ADD COLUMN name text;", "SELECT 1;");
		try (Connection reader = this.database.connect(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM first");
			Migrator migrator = migrator();
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			await().atMost(PATIENCE)
				.until(() -> migrator.running().filter((running) -> running.waitingFor() != null).isPresent());

			migrator.close();

			assertThat(failure(run)).isInstanceOf(MigrationFailedException.class)
				.hasMessageContaining("The application was closing, so that the statement was ended");
		}
	}

	@Test
	@EnabledIfPgBouncer
	void closeBehindAPoolerCancelsTheStatementAndGivesBackTheLease() {
		this.folder.with("2_slow.sql", SLEEP, "SELECT 1;");
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.TRANSACTION, 2)) {
			Migrator migrator = Migrators.migrator(this.folder, pooler.dataSource(), MigratorOptions.defaults());
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			awaitRunning("pg_sleep");

			migrator.close();

			assertThat(failure(run)).hasMessageContaining("The application was closing");
			assertThat(this.database.query("SELECT count(*) FROM schema_migrations_lease")).containsExactly("0");
		}
	}

	@Test
	void closedMigratorBeginsNothing() {
		Migrator migrator = migrator();
		migrator.close();

		assertThatExceptionOfType(MigratorClosedException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.withMessage("A migrate is not begun any more, because the application is closing. "
					+ "Ask again when it has started.");
		assertThat(this.database.objects()).isEmpty();
	}

	private MigrationException closeDuring(String statement) {
		Migrator migrator = migrator();
		CompletableFuture<MigrationReport> run = CompletableFuture
			.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
		awaitRunning(statement);
		migrator.close();
		assertThat(migrator.running()).isEmpty();
		return failure(run);
	}

	private static MigrationException failure(CompletableFuture<MigrationReport> run) {
		try {
			throw new IllegalStateException("It was done: " + run.join());
		}
		catch (CompletionException ex) {
			return (MigrationException) ex.getCause();
		}
	}

	private void awaitRunning(String statement) {
		await().atMost(PATIENCE)
			.until(() -> !this.database
				.query("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() "
						+ "AND datname = current_database() AND query LIKE '%" + statement + "%'")
				.isEmpty());
	}

	private String advisoryLocks() {
		return this.database
			.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
					+ "(SELECT oid FROM pg_database WHERE datname = current_database())")
			.get(0);
	}

	private String file(String name) {
		return this.folder.path().resolve(name).toString();
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.pool, MigratorOptions.defaults());
	}

}
