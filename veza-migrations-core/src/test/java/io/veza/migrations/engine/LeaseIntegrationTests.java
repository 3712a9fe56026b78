package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.engine.options.SessionOptions;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.lock.RunLockOptions;
import io.veza.migrations.lock.RunLockStrategy;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.testsupport.EnabledIfPgBouncer;
import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.PgBouncer;
import io.veza.migrations.testsupport.PgBouncer.PoolMode;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LeaseIntegrationTests {

	private static final RunLockOptions LEASE = new RunLockOptions(RunLockOptions.defaults().patience(),
			RunLockStrategy.LEASE);

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
	}

	@Test
	void leaseWorksWithoutAPooler() {
		this.folder.with("2_index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);", "DROP INDEX CONCURRENTLY a_id;");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(LEASE));

		assertThat(migrator.migrate(MigrateRequest.all()).migrations()).hasSize(2);
		assertThat(migrator.rollback(Migrators.rollback(2)).migrations()).hasSize(2);
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations_lease")).containsExactly("0");
		assertThat(this.database.query("SELECT bool_and(duration_ms BETWEEN 0 AND 60000) FROM schema_migration_events "
				+ "WHERE phase = 'finished'"))
			.containsExactly("t");
	}

	@Test
	void tableOfTheLeaseDoesNotCountAsContentOfTheSchema() {
		Migrators.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(LEASE))
			.migrate(MigrateRequest.all());
		this.database.execute("DROP TABLE a, schema_migrations, schema_migration_events, schema_migration_progress");

		MigrationReport report = Migrators
			.migrator(this.folder, this.database.dataSource(),
					MigratorOptions.defaults()
						.with(LEASE)
						.with(PlanningOptions.defaults().withBaseline(MigrationVersion.of("1"))))
			.migrate(MigrateRequest.all());

		assertThat(report.migrations()).hasSize(1);
		assertThat(this.database.query("SELECT to_regclass('a')")).containsExactly("a");
	}

	@Test
	void tableOfThatNameWhichIsNotOursIsRefused() {
		this.database.execute("CREATE TABLE schema_migrations_lease (flat text)");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(LEASE));

		assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.withMessageContaining("The table \"public.schema_migrations_lease\" is not ours: it has the columns flat");
	}

	@Test
	void roleMakesTheTablesAndRunsTheMigrations() {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + "; GRANT ALL ON SCHEMA public TO " + role);
		Migrators
			.migrator(this.folder, this.database.dataSource(),
					MigratorOptions.defaults().with(LEASE).with(SessionOptions.defaults().withRole(role)))
			.migrate(MigrateRequest.all());

		assertThat(this.database.query("""
				SELECT DISTINCT pg_get_userbyid(relowner)
				FROM pg_class
				WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""")).containsExactly(role);
	}

	@Test
	void runThatHasLostItsLeaseRecordsNothingMore() throws SQLException {
		this.folder.with("2_index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);", "DROP INDEX a_id;");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(LEASE));
		this.database.execute("CREATE TABLE a (id int); INSERT INTO a VALUES (1)");
		this.folder.with("1_a.sql", "SELECT 1;", "DROP TABLE a;");
		try (Connection reader = this.database.connect(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT count(*) FROM a; LOCK TABLE a IN ROW EXCLUSIVE MODE");
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			awaitActive("CREATE INDEX CONCURRENTLY%");
			this.database.execute("UPDATE schema_migrations_lease SET owner = gen_random_uuid(), holder = 'mallory'");
			reader.commit();

			assertThat(run).failsWithin(Duration.ofMinutes(1))
				.withThrowableThat()
				.withRootCauseInstanceOf(SQLException.class)
				.withStackTraceContaining("The history of version \"2\"")
				.withStackTraceContaining("the lease of this run has ended and is held now by mallory. "
						+ "Start again: the history says where to continue.");
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void leaseOfARunThatLostItsConnectionEnds() {
		this.folder.with("2_end.sql", "SELECT pg_terminate_backend(pg_backend_pid());", "SELECT 1;");
		Migrator migrator = Leases.migrator(this.folder, this.database.dataSource(), RunLockStrategy.LEASE);
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all()));
		this.folder.with("2_end.sql", "SELECT 1;", "SELECT 1;");

		MigrationReport report = Migrators
			.migrator(this.folder, this.database.dataSource(),
					MigratorOptions.defaults()
						.with(new RunLockOptions(Duration.ofSeconds(20), RunLockStrategy.LEASE, Duration.ofSeconds(3))))
			.migrate(MigrateRequest.all());

		assertThat(report.migrations()).hasSize(1);
	}

	@Test
	@EnabledIfPgBouncer
	void sessionIsRespectedBehindAPoolerThatKeepsSessions() {
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.SESSION, 2)) {
			Migrators
				.migrator(this.folder, pooler.dataSource(),
						MigratorOptions.defaults()
							.with(new RunLockOptions(RunLockOptions.defaults().patience(), RunLockStrategy.SESSION)))
				.migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT to_regclass('a'), to_regclass('schema_migrations_lease')"))
				.containsExactly("a|");
		}
	}

	@Test
	@EnabledIfPgBouncer
	void processesThatStartTogetherApplyEachMigrationOnce() {
		IntStream.rangeClosed(2, 20)
			.forEach((i) -> this.folder.with(i + "_t.sql", "INSERT INTO a VALUES (" + i + ");", "DELETE FROM a;"));
		this.folder.with("21_index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);", "DROP INDEX a_id;");
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.TRANSACTION, 3)) {
			List<JavaProcess> processes = IntStream.range(0, 4).mapToObj((i) -> start(pooler)).toList();
			List<Integer> exits = processes.stream().map(JavaProcess::awaitExit).toList();

			assertThat(exits).containsOnly(0);
			assertThat(processes.stream().mapToInt(LeaseIntegrationTests::applied).sum()).isEqualTo(21);
			assertThat(this.database.query("SELECT count(*), count(DISTINCT id) FROM a")).containsExactly("19|19");
			assertThat(this.database.query("SELECT count(*) FROM schema_migrations_lease")).containsExactly("0");
		}
	}

	@Test
	@EnabledIfPgBouncer
	void leaseOfAProcessThatWasKilledIsTakenOverWhenItEnds() throws SQLException {
		this.folder.with("2_slow.sql", "SELECT pg_advisory_xact_lock(42); INSERT INTO a VALUES (2);", "DELETE FROM a;");
		try (PgBouncer pooler = PgBouncer.start(this.database, PoolMode.TRANSACTION, 2)) {
			try (Connection blocker = this.database.connect(); Statement statement = blocker.createStatement()) {
				statement.execute("SELECT pg_advisory_lock(42)");
				JavaProcess owner = start(pooler);
				awaitActive("SELECT pg_advisory_xact_lock(42)");
				owner.close();
			}
			Migrator next = Leases.migrator(this.folder, pooler.dataSource(), null);

			assertThat(next.migrate(new MigrateRequest(null, new RequestOrigin("test", null, true))).migrations())
				.hasSize(1);
			assertThat(this.database.query("SELECT id FROM a")).containsExactly("2");
		}
	}

	private JavaProcess start(PgBouncer pooler) {
		return JavaProcess.start(PooledReplica.class, List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
				List.of(this.folder.path().toString(), pooler.url(), this.database.user(), this.database.password()));
	}

	private static int applied(JavaProcess process) {
		return Integer.parseInt(process.awaitLine(PooledReplica.DONE).substring(PooledReplica.DONE.length()));
	}

	private void awaitActive(String query) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> !this.database
				.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
						+ "AND query LIKE '" + query + "'")
				.isEmpty());
	}

}
