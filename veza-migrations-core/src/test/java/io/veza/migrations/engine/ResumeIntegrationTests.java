package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import javax.sql.DataSource;

import io.veza.migrations.BackupMode;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.DyingDataSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions that end at the worst moment, and what the next run makes of it.
 */
class ResumeIntegrationTests {

	private static final String WRITER = "BEGIN; INSERT INTO t VALUES (100)";

	private static final String INDEXES = "SELECT indexrelid::regclass, indisvalid FROM pg_index "
			+ "WHERE indrelid = 't'::regclass ORDER BY 1::text";

	private static final String INVALID = "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid";

	private static final String APPLIED = "SELECT version FROM schema_migrations ORDER BY id";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolderAndTable(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
		this.database.execute("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "CREATE INDEX CONCURRENTLY i ON t (a);", "CREATE INDEX CONCURRENTLY I ON ONLY public.t (a);",
					"create unique index concurrently if not exists \"i\" on \"t\" (a);" })
	void indexBuildThatWasKilledIsDroppedAndBuiltAgain(String statement) throws SQLException {
		this.folder.with("1_index.sql", statement, "DROP INDEX CONCURRENTLY i;");
		killWhileItWaits("CREATE%INDEX");
		assertThat(this.database.query(INDEXES)).containsExactly("i|f");

		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
		assertSettled("1");
	}

	@Test
	void indexBuildWithoutNameThatWasKilledIsDroppedAndBuiltAgain() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY ON t (a);", "DROP INDEX CONCURRENTLY t_a_idx;");
		killWhileItWaits("CREATE INDEX");

		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("t_a_idx|t");
		assertSettled("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX CONCURRENTLY i ON t (a);", "CREATE INDEX CONCURRENTLY ON t (a);",
			"CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);" })
	void indexBuildThatWasDoneAndNotRecordedIsRecognised(String statement) {
		this.folder.with("1_index.sql", statement + "\nINSERT INTO t VALUES (3);", "SELECT 1;");
		dieAfter("CREATE INDEX");
		List<String> oids = indexOids();

		migrate();

		assertThat(oids).hasSize(1).isEqualTo(indexOids());
		assertThat(this.database.query("SELECT a FROM t WHERE a = 3")).containsExactly("3");
		assertSettled("1");
	}

	@Test
	void indexBuildWithoutNameThatMayBeOneOfSeveralIndexesIsLeftToAHumanBeing() {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY ON t (a);", "SELECT 1;");
		dieAfter("CREATE INDEX");
		this.database.execute("CREATE INDEX other ON t (a)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("more than one new index since, any of which may be its own: "
					+ "\"public.t_a_idx\", \"public.other\"")
			.withMessageContaining("Drop those that are not wanted");
		this.database.execute("DROP INDEX other");
		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("t_a_idx|t");
		assertSettled("1");
	}

	@Test
	void indexBuildThatFailsLeavesNothingBehind() {
		this.folder.with("1_index.sql", "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;");
		this.database.execute("INSERT INTO t VALUES (1)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("could not create unique index \"i\"")
			.withMessageContaining("The invalid index \"public.i\" that it left was dropped.")
			.withMessageContaining("None of its 1 statements is done");
		assertThat(this.database.query(INDEXES)).isEmpty();
		assertThat(attempting()).containsExactly("");
	}

	@Test
	void indexBuildThatWasCancelledAndCouldNotBeCleanedUpSaysSoAndTheNextRunDoes() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;");
		try (TestSession writer = TestSession.executed(this.database.dataSource(), WRITER)) {
			assertThat(writer.pid()).isPositive();
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			whileItWaits("CREATE INDEX", "pg_cancel_backend");

			assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join)
				.withMessageContaining(
						"It left the invalid index \"public.i\", which the next run drops and builds again.");
			assertThat(attempting()).containsExactly("1");
		}

		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
		assertSettled("1");
	}

	@Test
	void indexBuildThatWasKilledAndRenamedSinceLeavesNothingBehind() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;");
		killWhileItWaits("CREATE INDEX");
		this.folder.with("1_index.sql", "CREATE INDEX better ON t (a);\nVACUUM t;", "SELECT 1;");

		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("better|t");
		assertSettled("1");
	}

	@Test
	void indexBuildThatWasDoneAndChangedSinceIsNotTakenForTheNewOne() {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;");
		dieAfter("CREATE INDEX");
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY i ON t (a DESC);", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("relation \"i\" already exists");
	}

	@Test
	void ifNotExistsDoesNotAcceptAnInvalidIndex() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);", "SELECT 1;");
		leaveInvalidIndex();

		migrate();

		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
	}

	@Test
	void invalidIndexOfSomebodyElseIsLeftAloneAndNamed() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;");
		leaveInvalidIndex();

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("relation \"i\" already exists")
			.withMessageContaining("DROP INDEX CONCURRENTLY public.i, then start again.");
		assertThat(this.database.query(INDEXES)).containsExactly("i|f");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void ifNotExistsWaitsForWhoeverBuildsTheIndex(CapturedOutput output) throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);", "SELECT 1;");
		TestSession writer = TestSession.executed(this.database.dataSource(), WRITER);
		try (TestSession builder = TestSession.executing(this.database.dataSource(),
				"CREATE INDEX CONCURRENTLY i ON t (a)")) {
			await().until(() -> !this.database.query(INVALID).isEmpty());
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			await().until(() -> output.getOut()
				.contains(
						"The index public.i is invalid: waiting for who works on its table: process " + builder.pid()));
			List<String> oids = indexOids();

			writer.close();
			run.join();

			assertThat(this.database.query(INDEXES)).containsExactly("i|t");
			assertThat(indexOids()).isEqualTo(oids);
		}
	}

	@Test
	void ifNotExistsDoesNotWaitForEver() throws SQLException {
		this.folder.with("1_index.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);", "SELECT 1;");
		TestSession writer = TestSession.executed(this.database.dataSource(), WRITER);
		try (writer;
				TestSession builder = TestSession.executing(this.database.dataSource(),
						"CREATE INDEX CONCURRENTLY i ON t (a)")) {
			await().until(() -> !this.database.query(INVALID).isEmpty());
			StatementTimeouts impatient = new StatementTimeouts(Duration.ofMillis(500), Duration.ZERO, null);

			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrate(this.database.dataSource(), impatient))
				.withMessageContaining("The index \"public.i\" is invalid, and its table is being worked on by process "
						+ builder.pid());
		}
	}

	@Test
	void indexDropThatWasDoneAndNotRecordedIsRecognised() {
		this.database.execute("CREATE INDEX i ON t (a)");
		this.folder.with("1_drop.sql", "DROP INDEX CONCURRENTLY i;", "SELECT 1;");
		dieAfter("DROP INDEX");

		migrate();

		assertThat(this.database.query(INDEXES)).isEmpty();
		assertSettled("1");
	}

	@Test
	void indexDropThatWasKilledIsRunAgain() throws SQLException {
		this.database.execute("CREATE INDEX i ON t (a)");
		this.folder.with("1_drop.sql", "DROP INDEX CONCURRENTLY i;", "SELECT 1;");
		killWhileItWaits("DROP INDEX");
		assertThat(this.database.query(INDEXES)).containsExactly("i|f");

		migrate();

		assertThat(this.database.query(INDEXES)).isEmpty();
		assertSettled("1");
	}

	@Test
	void reindexThatWasKilledLeavesNothingBehind() throws SQLException {
		this.database.execute("ALTER TABLE t ADD COLUMN b text; CREATE INDEX i ON t (a)");
		this.folder.with("1_reindex.sql", "REINDEX TABLE CONCURRENTLY t;", "SELECT 1;");
		killWhileItWaits("REINDEX");
		assertThat(this.database.query(INVALID)).hasSize(2)
			.anyMatch((index) -> index.startsWith("pg_toast.pg_toast_"))
			.anyMatch("i_ccnew"::equals);

		migrate();

		assertThat(this.database.query(INVALID)).isEmpty();
		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
		assertSettled("1");
	}

	@Test
	void reindexThatFailsLeavesNothingBehind() {
		this.database.execute("CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1 / $1'; "
				+ "CREATE INDEX i ON t (f(a)); "
				+ "CREATE OR REPLACE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1 / ($1 - 1)'");
		this.folder.with("1_reindex.sql", "REINDEX INDEX CONCURRENTLY i;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("division by zero")
			.withMessageContaining("The invalid index \"public.i_ccnew\" that it left was dropped.");
		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
	}

	@Test
	void detachThatWasKilledIsFinalized() throws SQLException {
		partition("ALTER TABLE parts DETACH PARTITION part CONCURRENTLY;");
		try (TestSession reader = TestSession.executed(this.database.dataSource(), "BEGIN; SELECT a FROM parts")) {
			assertThat(reader.pid()).isPositive();
			kill("ALTER TABLE parts DETACH", () -> migrate(this.database.dataSource(),
					new StatementTimeouts(Duration.ZERO, Duration.ZERO, null)));
		}
		assertThat(partitions()).containsExactly("part|t");

		migrate();

		assertThat(partitions()).isEmpty();
		assertSettled("1");
	}

	@Test
	void detachThatDoesNotGetItsLockIsFinalizedByItsRetry() throws SQLException {
		partition("ALTER TABLE parts DETACH PARTITION part CONCURRENTLY;");
		List<String> found = new ArrayList<>();
		TestSession reader = TestSession.executed(this.database.dataSource(), "BEGIN; SELECT a FROM parts");
		MigrationListener listener = onLockRetry(() -> {
			found.addAll(partitions());
			reader.close();
		});
		StatementTimeouts hurried = new StatementTimeouts(Duration.ofMillis(50), Duration.ofMinutes(1), null);

		Migrators.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(hurried), listener)
			.migrate(MigrateRequest.all());

		assertThat(found).containsExactly("part|t");
		assertThat(partitions()).isEmpty();
		assertSettled("1");
	}

	@Test
	void detachThatWasDoneAndNotRecordedIsRecognised() {
		partition("ALTER TABLE IF EXISTS ONLY parts DETACH PARTITION part CONCURRENTLY;");
		dieAfter("ALTER TABLE IF EXISTS ONLY parts");

		migrate();

		assertThat(partitions()).isEmpty();
		assertSettled("1");
	}

	@Test
	void databaseThatWasCreatedOrDroppedAndNotRecordedIsRecognised() {
		String name = this.database.name() + "_other";
		this.folder.with("1_database.sql", "CREATE DATABASE " + name + ";", "DROP DATABASE " + name + ";");
		dieAfter("CREATE DATABASE");
		migrate();
		assertSettled("1");
		assertThatExceptionOfType(MigrationException.class).isThrownBy(
				() -> migrator(DyingDataSource.after(this.database, "DROP DATABASE"), StatementTimeouts.defaults())
					.rollback(Migrators.rollback(1).with(BackupMode.NONE)));

		migrator(this.database.dataSource(), StatementTimeouts.defaults())
			.rollback(Migrators.rollback(1).with(BackupMode.NONE));

		assertThat(this.database.query("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")).isEmpty();
		assertSettled();
	}

	@Test
	void statementOfWhichTheCatalogsTellNothingIsRunAgain() {
		this.folder.with("1_vacuum.sql", "VACUUM t;", "SELECT 1;");
		dieAfter("VACUUM");

		migrate();

		assertSettled("1");
	}

	@Test
	void storedDownThatWasKilledGoesOn() throws SQLException {
		this.database.execute("CREATE INDEX i ON t (a)");
		this.folder.with("1_drop.sql", "DROP INDEX CONCURRENTLY i;",
				"CREATE INDEX CONCURRENTLY i ON t (a);\nVACUUM t;");
		migrate();
		this.folder.without("1_drop.sql");
		try (TestSession writer = TestSession.executed(this.database.dataSource(), WRITER)) {
			assertThat(writer.pid()).isPositive();
			kill("CREATE INDEX", () -> migrator(this.database.dataSource(), StatementTimeouts.defaults())
				.rollback(Migrators.rollback(1)));
		}

		migrator(this.database.dataSource(), StatementTimeouts.defaults()).rollback(Migrators.rollback(1));

		assertThat(this.database.query(INDEXES)).containsExactly("i|t");
		assertSettled();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET search_path = app;", "SELECT pg_catalog.set_config('search_path', 'app', false);",
			"SET search_path = public; DISCARD ALL; SELECT set_config('search_path', E'app', false);",
			"SET search_path = nowhere; DISCARD ALL; SET search_path = app, public; RESET search_path; SET search_path = app;" })
	void nextRunFindsTheSettingsThatWereMadeBefore(String settings) {
		assertResumedIn("app", settings);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "SET search_path = app; DISCARD ALL;", "SET search_path = app; DISCARD ALL; DISCARD PLANS;",
					"SELECT pg_catalog.set_config('search_path', 'app', true);",
					"BEGIN; SELECT set_config('search_path', 'app', true); COMMIT;" })
	void nextRunDoesNotFindTheSettingsThatWereDiscardedBefore(String settings) {
		assertResumedIn("public", settings);
	}

	private void assertResumedIn(String schema, String settings) {
		this.database.execute("CREATE SCHEMA app");
		this.folder.with("1_settings.sql",
				"-- veza: transaction=off\n" + settings + "\nSELECT 1 FROM missing; CREATE TABLE new_one (a int);",
				"DROP TABLE new_one;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("missing");
		this.database.execute("CREATE TABLE public.missing (); CREATE TABLE app.missing ()");

		migrate();

		assertThat(this.database.query("SELECT schemaname FROM pg_tables WHERE tablename = 'new_one'"))
			.containsExactly(schema);
	}

	@Test
	void preparedTransactionDoesNotHoldTheRecords() {
		this.folder.with("1_prepare.sql", """
				-- veza: transaction=off
				BEGIN;
				INSERT INTO t VALUES (7);
				PREPARE TRANSACTION 'veza';
				INSERT INTO gone VALUES (1);
				COMMIT PREPARED 'veza';""", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("3 of its 5 statements are done");
		this.database.execute("CREATE TABLE gone (id int)");
		migrate();

		assertThat(this.database.query("SELECT a FROM t WHERE a = 7")).containsExactly("7");
		assertSettled("1");
	}

	@Test
	void fileThatHasFewerStatementsThanAreDoneIsRefused() {
		this.folder.with("1_vacuum.sql", "VACUUM t;\nINSERT INTO t VALUES (3);\nINSERT INTO gone VALUES (1);",
				"SELECT 1;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.folder.with("1_vacuum.sql", "VACUUM t;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("2 statements were done by an earlier run, and there are only 1 now")
			.withMessageContaining("settle the migration with repair");
	}

	@Test
	void progressTableWithoutTheColumnsOfAnAttemptGetsThem() {
		this.folder.with("1_vacuum.sql", "VACUUM t;", "SELECT 1;");
		migrate();
		this.database
			.execute("ALTER TABLE schema_migration_progress DROP COLUMN attempting, DROP COLUMN catalog_before");
		this.folder.with("2_vacuum.sql", "VACUUM t;", "SELECT 1;");

		migrate();

		assertThat(attempting()).isEmpty();
		assertSettled("1", "2");
	}

	private void partition(String detach) {
		this.database.execute("CREATE TABLE parts (a int) PARTITION BY LIST (a); "
				+ "CREATE TABLE part PARTITION OF parts FOR VALUES IN (1)");
		this.folder.with("1_detach.sql", detach, "SELECT 1;");
	}

	private List<String> partitions() {
		return this.database
			.query("SELECT inhrelid::regclass, inhdetachpending FROM pg_inherits WHERE inhparent = 'parts'::regclass");
	}

	private static MigrationListener onLockRetry(ThrowingCallable action) {
		return new MigrationListener() {

			@Override
			public void onLockRetry(MigrationOperation operation, LockRetry retry) {
				assertThatCode(action).doesNotThrowAnyException();
			}

		};
	}

	private void leaveInvalidIndex() throws SQLException {
		this.database.execute("INSERT INTO t VALUES (1)");
		try (TestSession builder = TestSession.executing(this.database.dataSource(),
				"CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)")) {
			assertThat(builder.pid()).isPositive();
			await().until(() -> this.database.query(INDEXES).equals(List.of("i|f")));
		}
	}

	private void dieAfter(String statement) {
		assertThatExceptionOfType(MigrationException.class)
			.isThrownBy(() -> migrate(DyingDataSource.after(this.database, statement), StatementTimeouts.defaults()));
		assertThat(attempting()).containsExactly("1");
	}

	private void killWhileItWaits(String statement) throws SQLException {
		try (TestSession writer = TestSession.executed(this.database.dataSource(), WRITER)) {
			assertThat(writer.pid()).isPositive();
			kill(statement, this::migrate);
		}
	}

	private void kill(String statement, Runnable work) {
		CompletableFuture<Void> run = CompletableFuture.runAsync(work);
		whileItWaits(statement, "pg_terminate_backend");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join);
		assertThat(attempting()).containsExactly("1");
	}

	private void whileItWaits(String statement, String function) {
		await().until(() -> this.database
			.query("SELECT " + function + "(pid) FROM pg_stat_activity WHERE datname = current_database() "
					+ "AND wait_event_type = 'Lock' AND query ILIKE '" + statement + "%'"
					+ " AND (query NOT ILIKE 'CREATE%' OR EXISTS (SELECT FROM pg_index WHERE NOT indisvalid))"
					+ " AND (query NOT ILIKE 'REINDEX%' OR EXISTS (SELECT FROM pg_index WHERE NOT indisvalid))")
			.equals(List.of("t")));
	}

	/** The machine may be busy with other tests. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(1));
	}

	private List<String> indexOids() {
		return this.database.query("SELECT indexrelid FROM pg_index WHERE indrelid = 't'::regclass");
	}

	private List<String> attempting() {
		return this.database.query("SELECT attempting FROM schema_migration_progress WHERE statement = 0");
	}

	private void assertSettled(String... versions) {
		assertThat(this.database.query(APPLIED)).containsExactly(versions);
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_progress")).containsExactly("0");
	}

	private MigrationReport migrate() {
		return migrate(this.database.dataSource(), StatementTimeouts.defaults());
	}

	private MigrationReport migrate(DataSource dataSource, StatementTimeouts timeouts) {
		return migrator(dataSource, timeouts).migrate(MigrateRequest.all());
	}

	private Migrator migrator(DataSource dataSource, StatementTimeouts timeouts) {
		return Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults().with(timeouts));
	}

}
