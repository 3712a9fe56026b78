package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.veza.migrations.BackupMode;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Another session holds a table of the history when a run has to write to it.
 */
class LockedHistoryIntegrationTests {

	/** The machine may be busy with other tests. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final StatementTimeouts SHORT = new StatementTimeouts(Duration.ofMillis(50), Duration.ofMinutes(5),
			null);

	private static final StatementTimeouts ONCE = new StatementTimeouts(Duration.ofMillis(50), Duration.ZERO, null);

	private final TestDatabase database = TestDatabase.create();

	private Connection other;

	private MigrationFolder folder;

	@BeforeEach
	void prepare(@TempDir Path path) throws SQLException {
		this.folder = MigrationFolder.in(path).with("1_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;");
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
		this.other = this.database.connect();
		this.other.setAutoCommit(false);
	}

	@AfterEach
	void release() throws SQLException {
		this.other.close();
	}

	@Test
	void rollbackTellsWhoIsInTheWayAndGoesOnWhenTheTableIsFree() {
		TableLocker locker = new TableLocker("schema_migration_events", this::releaseAfterTwo);
		Migrator migrator = migrator(SHORT, locker);

		MigrationReport report = ended(() -> migrator.rollback(Migrators.rollback(1).with(BackupMode.NONE)));

		assertThat(report.migrations()).hasSize(1);
		assertThat(locker.retries).extracting(LockRetry::attempt).containsExactly(1, 2);
		assertThat(locker.retries).allMatch((retry) -> retry.blockers().contains("idle in transaction"));
		assertThat(this.database.query("SELECT phase FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly("started", "finished");
	}

	@Test
	void rollbackWhenTheTimeIsOverHasDoneNothing() throws SQLException {
		Migrator migrator = migrator(ONCE, new TableLocker("schema_migration_events", (retry) -> {
		}));

		Throwable failure = failure(() -> migrator.rollback(Migrators.rollback(1).with(BackupMode.NONE)));

		assertThat(failure).isInstanceOf(MigrationFailedException.class)
			.hasMessageContaining("The history could not be written: canceling statement due to lock timeout")
			.hasMessageContaining("Tried 1 time(s), in the way: ")
			.hasMessageContaining("This run has done nothing of it.");
		this.other.rollback();
		assertThat(Migrators.migrator(this.folder, this.database).rollback(Migrators.rollback(1)).migrations())
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { 50, 0 })
	void rollbackEndsWhenTheApplicationClosesHoweverLongItMayWait(long lockTimeout) throws SQLException {
		StatementTimeouts timeouts = new StatementTimeouts(Duration.ofMillis(lockTimeout), Duration.ofMinutes(5), null);
		TableLocker locker = new TableLocker("schema_migration_events", (retry) -> {
		});
		Migrator migrator = migrator(timeouts, locker);
		CompletableFuture<MigrationReport> run = CompletableFuture
			.supplyAsync(() -> migrator.rollback(Migrators.rollback(1).with(BackupMode.NONE)));
		await().atMost(PATIENCE).until(() -> run.isDone() || !locker.retries.isEmpty());

		migrator.close();

		assertThat(failure(run::join)).isInstanceOf(MigrationFailedException.class)
			.hasMessageContaining("The application was closing");
		this.other.rollback();
		assertThat(Migrators.migrator(this.folder, this.database).rollback(Migrators.rollback(1)).migrations())
			.hasSize(1);
	}

	@Test
	void nonTransactionalMigrationGoesOnWhenTheTableIsFree() {
		this.folder.with("2_alone.sql", "-- veza: transaction=off\nVACUUM first;\nCREATE TABLE second (id int);",
				"DROP TABLE second;");
		TableLocker locker = new TableLocker("schema_migration_progress", this::releaseAfterTwo);
		Migrator migrator = migrator(SHORT, locker);

		MigrationReport report = ended(() -> migrator.migrate(MigrateRequest.all()));

		assertThat(report.migrations()).hasSize(1);
		assertThat(locker.retries).hasSize(2);
	}

	@Test
	void nonTransactionalMigrationIsContinuedByTheNextRun() throws SQLException {
		this.folder.with("2_alone.sql", "-- veza: transaction=off\nVACUUM first;\nCREATE TABLE second (id int);",
				"DROP TABLE second;");
		Migrator migrator = migrator(ONCE, new TableLocker("schema_migration_progress", (retry) -> {
		}));

		Throwable failure = failure(() -> migrator.migrate(MigrateRequest.all()));

		assertThat(failure).isInstanceOf(MigrationFailedException.class)
			.hasMessageContaining("The history could not be written: canceling statement due to lock timeout")
			.hasMessageContaining("None of its 2 statements is done; the next run starts with the first.");
		this.other.rollback();
		assertThat(Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all()).migrations())
			.hasSize(1);
	}

	private Migrator migrator(StatementTimeouts timeouts, MigrationListener listener) {
		return Migrators.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(timeouts),
				listener);
	}

	private void releaseAfterTwo(LockRetry retry) {
		if (retry.attempt() == 2) {
			try {
				this.other.rollback();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/** A run that hangs fails the test and does not hold it up. */
	private static MigrationReport ended(Supplier<MigrationReport> work) {
		CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(work);
		await().atMost(PATIENCE).until(run::isDone);
		return run.join();
	}

	private static Throwable failure(Supplier<MigrationReport> work) {
		CompletableFuture<Throwable> run = CompletableFuture.supplyAsync(() -> {
			try {
				throw new IllegalStateException("Ended well: " + work.get());
			}
			catch (CompletionException ex) {
				return ex.getCause();
			}
			catch (RuntimeException ex) {
				return ex;
			}
		});
		await().atMost(PATIENCE).until(run::isDone);
		return run.join();
	}

	/**
	 * Locks a table in the other session as soon as a run of another version begins.
	 */
	private final class TableLocker implements MigrationListener {

		private final List<LockRetry> retries = new CopyOnWriteArrayList<>();

		private final String table;

		private final Consumer<LockRetry> afterRetry;

		private TableLocker(String table, Consumer<LockRetry> afterRetry) {
			this.table = table;
			this.afterRetry = afterRetry;
		}

		@Override
		public void onRunStarted(MigrationPlan plan) {
			if (plan.operation() == MigrationOperation.ROLLBACK) {
				lock();
			}
		}

		@Override
		public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
			if (operation == MigrationOperation.MIGRATE) {
				lock();
			}
		}

		@Override
		public void onLockRetry(MigrationOperation operation, LockRetry retry) {
			this.retries.add(retry);
			this.afterRetry.accept(retry);
		}

		private void lock() {
			try (Statement statement = LockedHistoryIntegrationTests.this.other.createStatement()) {
				statement.execute("LOCK TABLE " + this.table + " IN ACCESS EXCLUSIVE MODE");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
