package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.Patience;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Migrations that travel together: each is as it would be alone.
 */
@Timeout(120)
class PipelinedRunIntegrationTests {

	private static final String VERSIONS = "SELECT version FROM schema_migrations ORDER BY id";

	private static final String EVENTS = "SELECT version || ' ' || outcome FROM schema_migration_events ORDER BY id";

	private static final String RUN_LOCK = "-4125894335420192638";

	private static final String KEY = "((classid::bigint << 32) | objid::bigint)";

	private static final String OF_THE_SESSION = "locktype = 'advisory' AND pid = pg_backend_pid()";

	private static final String OF_THE_DATABASE = "locktype = 'advisory' AND database = "
			+ "(SELECT oid FROM pg_database WHERE datname = current_database())";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void applyTheFirst(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;");
		migrate();
	}

	@Test
	void eachMigrationCommitsWithItsRowAndItsEvent() {
		tables(2, 40);

		MigrationReport report = migrate();

		assertThat(report.migrations()).hasSize(39);
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 40));
		assertThat(this.database.query(EVENTS)).hasSize(40).allMatch((event) -> event.endsWith(" success"));
		assertThat(this.database.query("SELECT count(DISTINCT xmin::text) FROM schema_migrations"))
			.containsExactly("40");
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations WHERE execution_time IS NULL "
				+ "OR up_checksum IS NULL OR down_sql IS NULL OR applied_at IS NULL"))
			.containsExactly("0");
	}

	@Test
	void failureLeavesWhatCameBeforeAndNamesItsPlace() {
		tables(2, 20);
		this.folder.with("7_bad.sql", "CREATE TABLE half (id int);\nSELECT_NOTHING;", "SELECT 1;")
			.without("7_table.sql");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.failure().file()).endsWith("7_bad.sql");
			assertThat(ex.failure().line()).isEqualTo(3);
			assertThat(ex.report().migrations()).extracting((outcome) -> outcome.version().text())
				.containsExactlyElementsOf(numbers(2, 6));
			assertThat(ex.report().notTried()).hasSize(13);
		});
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 6));
		assertThat(this.database.objects()).contains("r public.t6")
			.doesNotContain("r public.half", "r public.t8", "r public.t20");
	}

	@ParameterizedTest
	@ValueSource(strings = { "simple", "extendedForPrepared", "extended", "extendedCacheEverything" })
	void nothingBehindAFailureIsAppliedInAnyQueryModeOfTheDriver(String mode) {
		tables(2, 40);
		this.folder.with("15_bad.sql", "CREATE TABLE half (id int);\nSELECT_NOTHING;", "SELECT 1;")
			.without("15_table.sql");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(mode)).satisfies((ex) -> {
			assertThat(ex.failure().line()).isEqualTo(3);
			assertThat(ex.report().migrations()).hasSize(13);
		});
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 14));
	}

	@ParameterizedTest
	@ValueSource(strings = { "simple", "extendedForPrepared" })
	void sessionIsPutBackInAnyQueryModeOfTheDriver(String mode) {
		tables(2, 40);
		this.folder
			.with("15_change.sql", "DO $$ BEGIN PERFORM set_config('work_mem', '9MB', false); END $$;", "SELECT 1;")
			.with("16_look.sql", "CREATE TABLE seen AS SELECT current_setting('work_mem') AS seen;", "DROP TABLE seen;")
			.without("15_table.sql")
			.without("16_table.sql");

		migrate(mode);

		assertThat(this.database.query("SELECT seen FROM seen")).containsExactly("4MB");
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 40));
	}

	@Test
	void settingOfALibraryThatIsLoadedLaterReachesNoOther() {
		this.database.execute("CREATE EXTENSION pg_trgm");
		tables(2, 40);
		this.folder
			.with("15_set.sql",
					"SET pg_trgm.similarity_threshold = 0.9;\n" + "CREATE TABLE alike AS SELECT similarity('a', 'b');",
					"DROP TABLE alike;")
			.with("16_look.sql", "CREATE TABLE seen AS SELECT current_setting('pg_trgm.similarity_threshold') AS seen;",
					"DROP TABLE seen;")
			.without("15_table.sql")
			.without("16_table.sql");

		migrate();

		assertThat(this.database.query("SELECT seen FROM seen")).containsExactly("0.3");
	}

	@Test
	void durationsAreKnownWhenAnotherOneFails() {
		tables(3, 40);
		this.folder.with("2_pause.sql", "DO $$ BEGIN PERFORM pg_sleep(0.05); END $$;", "SELECT 1;")
			.with("3_bad.sql", "SELECT_NOTHING;", "SELECT 1;")
			.without("3_table.sql");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.report().migrations())
				.allSatisfy((outcome) -> assertThat(outcome.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(50))));
	}

	@Test
	void lastCommitWaitsForTheDiskWhateverItsMigrationSets() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET synchronous_commit = on");
		this.database.execute(
				"""
						CREATE TABLE seen (value text);
						CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
							INSERT INTO seen VALUES (NEW.version || ' ' || current_setting('synchronous_commit')); RETURN NEW; END $$;
						CREATE TRIGGER note AFTER INSERT ON schema_migrations FOR EACH ROW EXECUTE FUNCTION note()""");
		migrateOneMore();
		tables(3, 30);
		this.folder.with("31_bulk.sql", "SET LOCAL synchronous_commit = off;\nCREATE TABLE bulk (id int);",
				"DROP TABLE bulk;");

		migrate();

		assertThat(this.database.query("SELECT value FROM seen WHERE value LIKE '3% %' ORDER BY 1"))
			.containsExactly("3 off", "30 off", "31 on");
	}

	/** It takes over what was done by hand, so that those that follow travel together. */
	private void migrateOneMore() {
		tables(2, 2);
		migrate();
	}

	@Test
	void ruleOnTheHistoryIsAsGoodAsWithoutFlights() {
		this.database.execute("""
				CREATE TABLE copied (version text);
				CREATE RULE copy AS ON INSERT TO schema_migrations DO ALSO INSERT INTO copied VALUES (NEW.version)""");
		migrateOneMore();
		tables(3, 30);

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM copied")).containsExactly("29");
	}

	@Test
	void failureAtTheCommitIsThatOfItsMigration() {
		tables(2, 4);
		this.folder.with("5_deferred.sql", """
				CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO child VALUES (7);""", "DROP TABLE child;");
		this.folder.with("4_parent.sql", "CREATE TABLE parent (id int PRIMARY KEY);", "DROP TABLE parent;")
			.without("4_table.sql");
		tables(6, 8);

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("5_deferred.sql")
			.withMessageContaining("foreign key");
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DEALLOCATE ALL;", "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$;",
			"RESET ALL; SET work_mem = '9MB';", "SET ROLE pg_monitor;", "SET SESSION AUTHORIZATION pg_monitor;",
			"DO $$ BEGIN PERFORM set_config('work_mem', '9MB', false); END $$;",
			"PREPARE leak AS SELECT 1; LISTEN leak;", "SET statement_timeout = '3s'; SET lock_timeout = '3s';",
			"SET synchronous_commit = remote_apply;" })
	void migrationThatChangesItsSessionChangesThatOfNoOther(String change) {
		tables(2, 3);
		this.folder.with("4_change.sql", "CREATE TABLE changed (id int);\n" + change, "DROP TABLE changed;")
			.with("5_look.sql", """
					CREATE TABLE seen AS SELECT concat_ws(' ', current_user = session_user, current_setting('work_mem'),
						current_setting('statement_timeout'), current_setting('lock_timeout'),
						current_setting('synchronous_commit')) AS seen;""", "DROP TABLE seen;");
		tables(6, 12);

		migrate();

		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 12));
		assertThat(this.database.query("SELECT seen FROM seen")).containsExactly("t 4MB 0 500ms off");
		assertThat(this.database.query(EVENTS)).hasSize(12);
	}

	@ParameterizedTest
	@ValueSource(strings = { "pg_advisory_lock(42), pg_advisory_lock_shared(43), pg_advisory_lock(-1, 44)",
			"pg_advisory_lock(" + RUN_LOCK + "), pg_advisory_lock(" + RUN_LOCK + ")", "pg_advisory_unlock_all()" })
	void eachMigrationStartsWithTheLockOfTheRunAlone(String locks) {
		tables(2, 3);
		this.folder.with("4_lock.sql", "DO $$ BEGIN PERFORM " + locks + "; END $$;", "SELECT 1;")
			.with("5_look.sql", "CREATE TABLE seen AS SELECT " + KEY + " AS held FROM pg_locks WHERE " + OF_THE_SESSION,
					"DROP TABLE seen;");
		tables(6, 12);

		migrate();

		assertThat(this.database.query("SELECT held FROM seen")).containsExactly(RUN_LOCK);
		assertThat(this.database.query("SELECT 1 FROM pg_locks WHERE " + OF_THE_DATABASE)).isEmpty();
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 12));
	}

	@Test
	void lockThatAMigrationReleasesIsThatOfItsTransactionUntilItIsRecorded() throws SQLException {
		tables(2, 3);
		this.folder.with("4_release.sql",
				"-- veza: lock-timeout=2min\nDO $$ BEGIN PERFORM pg_advisory_unlock_all(), pg_advisory_xact_lock(42); END $$;",
				"SELECT 1;");
		tables(5, 9);
		try (Connection gate = this.database.connect(); Statement statement = gate.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(42)");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(() -> migrate());
			await().until(() -> !this.database.query("SELECT 1 FROM pg_locks WHERE NOT granted AND " + OF_THE_DATABASE)
				.isEmpty());

			assertThat(this.database.query("SELECT pg_try_advisory_lock(" + RUN_LOCK + ")")).containsExactly("f");
			statement.execute("SELECT pg_advisory_unlock(42)");
			assertThat(run.join().migrations()).hasSize(8);
		}
	}

	@Test
	void allCommitsButTheLastLeaveTheDiskForLater() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET synchronous_commit = on");
		for (int number = 2; number <= 5; number++) {
			this.folder.with(number + "_look.sql",
					"CREATE TABLE s%1$d AS SELECT current_setting('synchronous_commit') AS value;".formatted(number),
					"DROP TABLE s%d;".formatted(number));
		}

		migrate();

		assertThat(this.database
			.query("SELECT concat_ws(' ', s2.value, s3.value, s4.value, s5.value) FROM s2, s3, s4, s5"))
			.containsExactly("off off off on");
	}

	@Test
	void statementsThatGoAloneKeepTheirPlace() {
		this.folder
			.with("2_copy.sql", "CREATE TABLE rows (id int);\nCOPY rows FROM STDIN;\n1\n2\n\\.", "DROP TABLE rows;")
			.with("3_query.sql", "SELECT count(*) FROM rows;", "SELECT 1;")
			.with("4_serializable.sql", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nINSERT INTO rows VALUES (3);",
					"DELETE FROM rows;")
			.with("5_large.sql", "INSERT INTO rows VALUES (4);\n".repeat(500), "DELETE FROM rows;")
			.with("6_concurrently.sql", "CREATE INDEX CONCURRENTLY ON rows (id);", "SELECT 1;");
		tables(7, 12);

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM rows")).containsExactly("503");
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 12));
	}

	@Test
	void migrationThatDoesNotGetItsLockIsTriedAgainByItself() throws SQLException {
		tables(2, 4);
		this.folder.with("5_alter.sql", "ALTER TABLE first ADD COLUMN name text;",
				"ALTER TABLE first DROP COLUMN name;");
		tables(6, 9);
		TestSession reader = TestSession.executed(this.database.dataSource(), "BEGIN; SELECT * FROM first");
		MigrationListener release = new MigrationListener() {

			@Override
			public void onLockRetry(MigrationOperation operation, LockRetry retry) {
				assertThat(retry.version().text()).isEqualTo("5");
				try {
					reader.close();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			}

		};

		migrate(release);

		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 9));
		assertThat(this.database.query(EVENTS)).hasSize(9);
	}

	@ParameterizedTest
	@ValueSource(ints = { 12, 40 })
	void fileThatIsGoneStopsTheRunAfterWhatCameBefore(int last) {
		tables(2, last);
		MigrationListener remover = new MigrationListener() {

			@Override
			public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
				if (step.version().text().equals("5")) {
					PipelinedRunIntegrationTests.this.folder.without("6_table.sql");
				}
			}

		};

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(remover))
			.withMessageContaining("Version \"6\" could not be applied")
			.withMessageContaining("The file can no longer be read");
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 5));
	}

	@Test
	void closingCancelsWhatRunsAndKeepsWhatIsDone() {
		tables(2, 5);
		this.folder.with("6_slow.sql", "DO $$ BEGIN PERFORM pg_sleep(3600); END $$;", "SELECT 1;");
		tables(7, 40);
		Migrator migrator = Migrators.migrator(this.folder, this.database);
		CompletableFuture<MigrationReport> run = CompletableFuture
			.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
		awaitSleep();

		migrator.close();

		assertThat(run).failsWithin(Patience.LONG)
			.withThrowableThat()
			.withMessageContaining("6_slow.sql")
			.withMessageContaining("was closing");
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 5));
	}

	@Test
	void lostConnectionLeavesWhatWasCommittedAndTheNextRunContinues() {
		tables(2, 5);
		this.folder.with("6_slow.sql", "DO $$ BEGIN PERFORM pg_sleep(3600); END $$;", "SELECT 1;");
		tables(7, 40);
		CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(() -> migrate());
		awaitSleep();

		this.database.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
				+ "WHERE query LIKE 'DO %pg_sleep%' AND datname = current_database() AND pid <> pg_backend_pid()");

		assertThat(run).failsWithin(Patience.LONG)
			.withThrowableThat()
			.withCauseInstanceOf(MigrationException.class)
			.satisfies((ex) -> assertThat(ex.getCause()).isInstanceOfAny(MigrationFailedException.class,
					DatabaseUnreachableException.class));
		assertThat(this.database.query(VERSIONS)).containsExactlyElementsOf(numbers(1, 5));
		this.folder.with("6_slow.sql", "SELECT 1;", "SELECT 1;");
		assertThat(migrate().migrations()).hasSize(35);
	}

	@Test
	void runLeavesNothingInItsSession() throws SQLException {
		tables(2, 9);
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			Migrators
				.migrator(this.folder, new SingleConnectionDataSource(connection, true), MigratorOptions.defaults())
				.migrate(MigrateRequest.all());

			assertThat(statement.executeQuery("SELECT 1 FROM pg_prepared_statements WHERE from_sql").next()).isFalse();
		}
	}

	private void awaitSleep() {
		await().until(() -> !this.database
			.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'DO %pg_sleep%' AND state = 'active' "
					+ "AND datname = current_database() AND pid <> pg_backend_pid()")
			.isEmpty());
	}

	private void tables(int first, int last) {
		for (int number = first; number <= last; number++) {
			this.folder.with(number + "_table.sql", "CREATE TABLE t%d (id int);".formatted(number),
					"DROP TABLE t%d;".formatted(number));
		}
	}

	private static List<String> numbers(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
	}

	private MigrationReport migrate(String queryMode) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.database.url());
		dataSource.setUser(this.database.user());
		dataSource.setPassword(this.database.password());
		dataSource.setPreferQueryMode(PreferQueryMode.of(queryMode));
		return Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults()).migrate(MigrateRequest.all());
	}

	private MigrationReport migrate(MigrationListener... listeners) {
		return Migrators.migrator(this.folder, this.database, listeners).migrate(MigrateRequest.all());
	}

}
