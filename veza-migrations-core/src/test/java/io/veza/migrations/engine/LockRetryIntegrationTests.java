package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LockRetryIntegrationTests {

	private static final StatementTimeouts SHORT = new StatementTimeouts(Duration.ofMillis(50), Duration.ofMinutes(5),
			null);

	private static final StatementTimeouts ONCE = new StatementTimeouts(Duration.ofMillis(50), Duration.ZERO, null);

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
		this.database.execute("CREATE TABLE busy (id int); INSERT INTO busy VALUES (1)");
	}

	@Test
	void migrateWhenTableIsLockedStepsBackUntilItIsFree() throws SQLException {
		this.folder.with("1_alter.sql", "CREATE TABLE before (id int); ALTER TABLE busy ADD COLUMN a int;",
				"DROP TABLE before;");
		try (Connection reader = reader()) {
			ReleaseAfterTwo listener = new ReleaseAfterTwo(reader);

			Migrators
				.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(SHORT), listener)
				.migrate(MigrateRequest.all());

			assertThat(listener.retries).extracting(LockRetry::attempt).containsExactly(1, 2);
			assertThat(listener.started).containsExactly("1");
			assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
		}
	}

	@Test
	void migrateWithoutTransactionGoesOnAtTheStatementThatDidNotGetItsLock() throws SQLException {
		this.folder.with("1_alter.sql", """
				-- veza: transaction=off
				CREATE TABLE once (id int);
				COPY once FROM STDIN;
				1
				\\.
				BEGIN;
				INSERT INTO once VALUES (2);
				ALTER TABLE busy ADD COLUMN a int;
				COMMIT;""", "DROP TABLE once;");
		try (Connection reader = reader()) {
			ReleaseAfterTwo listener = new ReleaseAfterTwo(reader);

			Migrators
				.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(SHORT), listener)
				.migrate(MigrateRequest.all());

			assertThat(listener.retries).hasSize(2);
			assertThat(this.database.query("SELECT id FROM once ORDER BY id")).containsExactly("1", "2");
			assertThat(this.database.query("SELECT phase FROM schema_migration_events ORDER BY id"))
				.containsExactly("started", "finished");
		}
	}

	@Test
	void migrateWithoutTransactionKeepsWhatItsSessionHoldsWhenItTriesAgain() throws SQLException {
		this.folder.with("1_alter.sql", """
				-- veza: transaction=off
				CREATE SCHEMA app;
				CREATE TABLE app.busy (id int);
				SELECT pg_catalog.set_config('search_path', 'app, public', false);
				CREATE TEMPORARY TABLE ids AS SELECT 7 AS id;
				ALTER TABLE public.busy ADD COLUMN a int;
				INSERT INTO busy SELECT id FROM ids;""", "DROP SCHEMA app CASCADE;");
		try (Connection reader = reader()) {
			ReleaseAfterTwo listener = new ReleaseAfterTwo(reader);

			Migrators
				.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(SHORT), listener)
				.migrate(MigrateRequest.all());

			assertThat(listener.retries).hasSize(2);
			assertThat(this.database.query("SELECT id FROM app.busy")).containsExactly("7");
			assertThat(this.database.query("SELECT id FROM public.busy")).containsExactly("1");
		}
	}

	@Test
	void migrateWithoutTransactionKeepsTheLockTimeoutOfItsFileWhenItTriesAgain() throws SQLException {
		this.folder.with("1_alter.sql", """
				-- veza: transaction=off
				SET lock_timeout = '70ms';
				ALTER TABLE busy ADD COLUMN a int;
				CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS value;""", "DROP TABLE seen;");
		try (Connection reader = reader()) {
			Migrators
				.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(SHORT),
						new ReleaseAfterTwo(reader))
				.migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT value FROM seen")).containsExactly("70ms");
		}
	}

	@Test
	void rollbackWhenTableIsLockedStepsBackUntilItIsFree() throws SQLException {
		this.folder.with("1_alter.sql", "ALTER TABLE busy ADD COLUMN a int;", "ALTER TABLE busy DROP COLUMN a;");
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
		try (Connection reader = reader()) {
			ReleaseAfterTwo listener = new ReleaseAfterTwo(reader);

			Migrators
				.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(SHORT), listener)
				.rollback(Migrators.rollback(1).with(BackupMode.NONE));

			assertThat(listener.retries).hasSize(2);
			assertThat(this.database.query("SELECT phase FROM schema_migration_events WHERE operation = 'rollback'"))
				.containsExactly("started", "finished");
		}
	}

	@Test
	void migrateWhenTheTimeIsOverSaysHowOftenItTried() throws SQLException {
		this.folder.with("1_alter.sql", "CREATE TABLE before (id int);\nALTER TABLE busy ADD COLUMN a int;",
				"DROP TABLE before;");
		try (Connection reader = reader()) {
			assertThat(reader.isClosed()).isFalse();

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(ONCE))
				.withMessageContaining("1_alter.sql:3:1: canceling statement due to lock timeout (SQLSTATE 55P03)")
				.withMessageContaining("Tried 1 time(s), in the way: ")
				.withMessageContaining("nothing of it is in the database");
		}
	}

	@Test
	void migrateWhenHistoryTableIsLockedDoesNotQueueBehindIt() throws SQLException {
		this.folder.with("1_a.sql", "SELECT 1;", "SELECT 1;");
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
		this.folder.with("2_b.sql", "ALTER TABLE busy ADD COLUMN b int;", "ALTER TABLE busy DROP COLUMN b;");
		try (Connection other = this.database.connect(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE schema_migrations IN SHARE MODE");

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(ONCE))
				.withMessageContaining("lock timeout");
		}
	}

	@Test
	void sectionsRunUnderTheLockTimeoutAndTheStatementTimeoutOfTheOptions() {
		this.folder
			.with("1_transactional.sql", "SET lock_timeout = '7s'; CREATE TABLE one AS " + timeouts(),
					"DROP TABLE one;")
			.with("2_next.sql", "CREATE TABLE two AS " + timeouts(), "DROP TABLE two;")
			.with("3_alone.sql", "-- veza: transaction=off\nCREATE TABLE three AS " + timeouts(), "DROP TABLE three;");

		migrate(new StatementTimeouts(Duration.ofMillis(900), Duration.ZERO, Duration.ofMinutes(3)));

		assertThat(this.database.query("SELECT * FROM one")).containsExactly("7s|3min");
		assertThat(this.database.query("SELECT * FROM two UNION ALL SELECT * FROM three")).containsExactly("900ms|3min",
				"900ms|3min");
	}

	@Test
	void validateConstraintTakesItsTimeUnlessItsTransactionHoldsOthersUp() {
		this.database.execute(
				"""
						CREATE TABLE seen (at text, l text);
						CREATE FUNCTION note(a text) RETURNS boolean LANGUAGE plpgsql AS $$
						BEGIN INSERT INTO seen VALUES (a, current_setting('lock_timeout') || current_setting('statement_timeout'));
						RETURN true; END $$;
						ALTER TABLE busy ADD CONSTRAINT one CHECK (note('alone')) NOT VALID;
						ALTER TABLE busy ADD CONSTRAINT two CHECK (note('behind')) NOT VALID""");
		this.folder
			.with("1_alone.sql", "ALTER TABLE busy VALIDATE CONSTRAINT one; CREATE TABLE after AS " + timeouts(),
					"DROP TABLE after;")
			.with("2_behind.sql", "ALTER TABLE busy ADD b int; ALTER TABLE busy VALIDATE CONSTRAINT two;", "SELECT 1;")
			.with("0_history.sql", "SELECT 1;", "SELECT 1;");

		migrate(new StatementTimeouts(Duration.ofMillis(900), Duration.ZERO, Duration.ofMinutes(3)));

		assertThat(this.database.query("SELECT * FROM seen")).containsExactly("alone|00", "behind|900ms0");
		assertThat(this.database.query("SELECT * FROM after")).containsExactly("900ms|3min");
	}

	@Test
	void indexConcurrentlyTakesItsTime() {
		this.database.execute("""
				CREATE FUNCTION without_timeouts(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
				BEGIN ASSERT current_setting('lock_timeout') || current_setting('statement_timeout') = '00';
				RETURN id; END $$""");
		this.folder.with("1_index.sql",
				"CREATE INDEX CONCURRENTLY i ON busy (without_timeouts(id)); CREATE TABLE after AS " + timeouts(),
				"DROP TABLE after;");

		migrate(new StatementTimeouts(Duration.ofMillis(900), Duration.ZERO, Duration.ofMinutes(3)));

		assertThat(this.database.query("SELECT * FROM after")).containsExactly("900ms|3min");
	}

	private static String timeouts() {
		return "SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s;";
	}

	private void migrate(StatementTimeouts timeouts) {
		Migrators.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(timeouts))
			.migrate(MigrateRequest.all());
	}

	/** Return a session that reads a table in a transaction. */
	private Connection reader() throws SQLException {
		Connection reader = this.database.connect();
		reader.setAutoCommit(false);
		try (Statement statement = reader.createStatement()) {
			statement.execute("SELECT id FROM busy");
		}
		return reader;
	}

	/**
	 * Ends the reader's transaction when the migration has stepped back twice.
	 */
	private static final class ReleaseAfterTwo implements MigrationListener {

		private final Connection reader;

		private final List<LockRetry> retries = new ArrayList<>();

		private final List<String> started = new ArrayList<>();

		private ReleaseAfterTwo(Connection reader) {
			this.reader = reader;
		}

		@Override
		public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
			this.started.add(step.version().text());
		}

		@Override
		public void onLockRetry(MigrationOperation operation, LockRetry retry) {
			this.retries.add(retry);
			if (this.retries.size() == 2) {
				try {
					this.reader.rollback();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

	}

}
