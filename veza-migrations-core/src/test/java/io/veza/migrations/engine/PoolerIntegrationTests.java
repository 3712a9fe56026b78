package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.EnabledIfPgBouncer;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.PgBouncer;
import io.veza.migrations.testsupport.PgBouncer.PoolMode;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@EnabledIfPgBouncer
class PoolerIntegrationTests {

	/** Everything that outlasts a transaction, and a setting that nobody lists. */
	private static final String LEAKS = """
			SET search_path = pg_catalog;
			SET lock_timeout = '7s';
			SET TimeZone = 'Asia/Tokyo';
			SET app.tenant = 'acme';
			CREATE TEMP TABLE scratch (id int);
			SELECT pg_advisory_lock(4711), pg_advisory_lock_shared(-1), pg_advisory_lock(3, -4), pg_advisory_lock(4711);
			PREPARE mine AS SELECT 1;
			LISTEN mine;
			SET ROLE pg_monitor;
			""";

	private static final String TRACES = """
			SELECT current_setting('search_path') || '|' || current_setting('lock_timeout') || '|' || current_setting('role')
				|| '|' || coalesce(current_setting('app.tenant', true), '') || '|' || session_user
				|| '|' || (SELECT count(*) FROM pg_prepared_statements WHERE from_sql)
				|| '|' || (SELECT count(*) FROM pg_listening_channels())
				|| '|' || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
					AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
				|| '|' || (SELECT count(*) FROM pg_class WHERE relpersistence = 't')
				|| '|' || (current_setting('TimeZone') = 'Asia/Tokyo')
				|| '|' || current_setting('statement_timeout')""";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void mixedMigrationsRunThroughAPooler(int size) {
		writeMixedMigrations();
		try (PgBouncer pooler = pooler(size)) {
			Migrator migrator = migrator(pooler.dataSource());

			assertThat(migrator.migrate(MigrateRequest.all()).migrations()).hasSize(5);
			assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.UP_TO_DATE);
			assertThat(this.database.query("SELECT id, name FROM person ORDER BY id")).containsExactly("1|Ada", "2|Bob",
					"3|Cleo");
			assertThat(this.database.query("SELECT count(*) FROM schema_migrations_lease")).containsExactly("0");
			assertThat(traces(pooler, size)).containsExactly(untouched());

			assertThat(migrator.rollback(Migrators.rollback(5)).migrations()).hasSize(5);
			assertThat(this.database.query("SELECT to_regclass('person')")).containsExactly("");
			assertThat(traces(pooler, size)).containsExactly(untouched());
		}
	}

	@Test
	void mixedMigrationsRunFromAPoolOfTheApplicationThroughAPooler() throws SQLException {
		writeMixedMigrations();
		try (PgBouncer pooler = pooler(2); HikariDataSource dataSource = new HikariDataSource(pool(pooler, 2))) {
			Migrator migrator = migrator(dataSource);

			for (int i = 0; i < 10; i++) {
				migrator.status();
			}
			assertThat(migrator.migrate(MigrateRequest.all()).migrations()).hasSize(5);
			assertThat(migrator.rollback(Migrators.rollback(5)).migrations()).hasSize(5);

			try (Connection connection = dataSource.getConnection()) {
				assertThat(connection.getAutoCommit()).isFalse();
				assertThat(connection.unwrap(PGConnection.class).getPrepareThreshold()).isEqualTo(5);
			}
			assertThat(traces(pooler, 2)).containsExactly(untouched());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "SELECT nowhere;", "RESET ALL; SET work_mem = '1MB';" })
	void nothingOfAMigrationStaysInThePool(String end) {
		this.folder.with("1_leaky.sql", LEAKS + end, "SELECT 1;")
			.with("2_next.sql", "CREATE TABLE next ();", "SELECT 1;");
		try (PgBouncer pooler = pooler(1)) {
			Migrator migrator = migrator(pooler.dataSource());
			try {
				migrator.migrate(MigrateRequest.all());
				assertThat(this.database.query("SELECT to_regclass('public.next')")).containsExactly("next");
			}
			catch (MigrationFailedException ex) {
				assertThat(ex).hasMessageContaining("nowhere");
			}

			assertThat(traces(pooler, 1)).containsExactly(untouched());
		}
	}

	@Test
	void explicitBlockLeavesNothingInThePool() {
		this.folder.with("1_block.sql", "-- veza: transaction=off\nBEGIN;\n" + LEAKS + "COMMIT;\n"
				+ "CREATE TABLE here (id int);\nBEGIN;\n" + LEAKS + "ROLLBACK;", "SELECT 1;");
		try (PgBouncer pooler = pooler(1)) {
			migrator(pooler.dataSource()).migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT to_regclass('public.here')")).containsExactly("here");
			assertThat(traces(pooler, 1)).containsExactly(untouched());
		}
	}

	@Test
	void explicitBlockThatWasDoneBeforeLeavesNothingInThePool() {
		this.folder.with("1_block.sql",
				"-- veza: transaction=off\nBEGIN;\n" + LEAKS + "COMMIT;\nSELECT 1 FROM missing;", "SELECT 1;");
		try (PgBouncer pooler = pooler(1)) {
			Migrator migrator = migrator(pooler.dataSource());
			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessageContaining("missing");
			this.database.execute("CREATE TABLE missing ()");

			migrator.migrate(MigrateRequest.all());

			assertThat(traces(pooler, 1)).containsExactly(untouched());
		}
	}

	@Test
	void failureKeepsWhatWasAppliedBefore() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_bad.sql", "CREATE TABLE b (id int); SELECT nowhere;", "DROP TABLE b;");
		try (PgBouncer pooler = pooler(2)) {
			Migrator migrator = migrator(pooler.dataSource());

			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessageContaining("nowhere");
			assertThat(this.database.query("SELECT to_regclass('a'), to_regclass('b')")).containsExactly("a|");
			assertThat(this.database.query("SELECT count(*) FROM schema_migrations_lease")).containsExactly("0");

			this.folder.with("2_bad.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
			assertThat(migrator.migrate(MigrateRequest.all()).migrations()).hasSize(1);
		}
	}

	@Test
	void startWithNothingToDoWritesNothing() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
		List<String> before = this.database.objects();
		try (PgBouncer pooler = pooler(1)) {
			MigrationReport report = migrator(pooler.dataSource()).migrate(MigrateRequest.all());

			assertThat(report.migrations()).isEmpty();
			assertThat(this.database.objects()).isEqualTo(before);
		}
	}

	@Test
	void planStatusRepairAndBaselineWorkThroughAPooler() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
		try (PgBouncer pooler = pooler(1)) {
			Migrator migrator = migrator(pooler.dataSource());

			assertThat(migrator.plan(MigrateRequest.all()).steps()).hasSize(2);
			migrator.baseline(new BaselineRequest(MigrationVersion.of("1"), Migrators.OPERATOR));
			migrator.migrate(MigrateRequest.all());
			this.folder.with("2_b.sql", "CREATE TABLE b (id bigint);", "DROP TABLE b;");
			migrator.repair(new RepairRequest(Set.of(MigrationVersion.of("2")), Set.of(), Set.of(), Set.of(), Set.of(),
					Migrators.OPERATOR));

			assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.UP_TO_DATE);
			assertThat(this.database.query("SELECT to_regclass('a'), to_regclass('b')")).containsExactly("|b");
		}
	}

	@Test
	void schemaHeadsTheSearchPathWithoutStayingThere() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		HistoryTableNames tables = new HistoryTableNames("app", "schema_migrations", "events", "progress");
		try (PgBouncer pooler = pooler(1)) {
			Migrators.migrator(this.folder, pooler.dataSource(), MigratorOptions.defaults().with(tables))
				.migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT to_regclass('app.a'), to_regclass('app.schema_migrations_lease')"))
				.containsExactly("app.a|app.schema_migrations_lease");
			assertThat(traces(pooler, 1)).containsExactly(untouched());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET work_mem = '1MB';", "CREATE TEMP TABLE t (id int);", "PREPARE p AS SELECT 1;" })
	void statementThatWouldNotReachLaterOnesIsRefusedBeforeAnythingRuns(String statement) {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_later.sql", "-- veza: transaction=off\nCREATE TABLE b (id int);\n" + statement, "SELECT 1;");
		try (PgBouncer pooler = pooler(2)) {
			Migrator migrator = migrator(pooler.dataSource());

			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessageContaining("2_later.sql:4:1")
				.withMessageContaining("would not reach them")
				.withMessageContaining("Set veza.migrations.url to a direct connection to the server.");
			assertThat(this.database.query("SELECT to_regclass('a')")).containsExactly("");
		}
	}

	@Test
	void schemaThatWouldNotReachALoneStatementIsRefused() {
		this.folder.with("1_vacuum.sql", "VACUUM;", "SELECT 1;");
		HistoryTableNames tables = new HistoryTableNames("app", "schema_migrations", "events", "progress");
		try (PgBouncer pooler = pooler(2)) {
			Migrator migrator = Migrators.migrator(this.folder, pooler.dataSource(),
					MigratorOptions.defaults().with(tables));

			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessageContaining("veza.migrations.schema does not reach a statement");
		}
	}

	@Test
	void poolOfOneIsToldWhatToConfigureForALoneStatement() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_vacuum.sql", "VACUUM a;", "SELECT 1;");
		try (PgBouncer pooler = pooler(2); HikariDataSource dataSource = new HikariDataSource(pool(pooler, 1))) {
			Migrator migrator = Leases.migrator(this.folder, dataSource, null);

			assertThatExceptionOfType(DatabaseUnreachableException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessageContaining("Give the pool of the DataSource at least two connections, "
						+ "or set veza.migrations.url to a direct connection to the server.");
			this.folder.without("2_vacuum.sql");
			assertThatNoException().isThrownBy(() -> migrator.migrate(MigrateRequest.all()));
		}
	}

	private void writeMixedMigrations() {
		this.folder
			.with("1_person.sql",
					"CREATE TABLE person (id int PRIMARY KEY, name text); SET lock_timeout = '3s'; SELECT 1;",
					"DROP TABLE person;")
			.with("2_index.sql", "CREATE INDEX CONCURRENTLY person_id ON person (id);",
					"DROP INDEX CONCURRENTLY person_id;")
			.with("3_copy.sql", "COPY person FROM STDIN;\n1\tAda\n\\.\n", "DELETE FROM person WHERE id = 1;")
			.with("4_blocks.sql",
					"-- veza: transaction=off\nBEGIN;\nINSERT INTO person VALUES (2, 'Bob');\nCOMMIT;\nVACUUM person;\n"
							+ "COPY person FROM STDIN;\n3\tCleo\n\\.\nSELECT count(*) FROM person;",
					"DELETE FROM person WHERE id IN (2, 3);")
			.with("5_constraint.sql",
					"ALTER TABLE person ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;"
							+ "ALTER TABLE person VALIDATE CONSTRAINT positive;",
					"ALTER TABLE person DROP CONSTRAINT positive;");
	}

	private PgBouncer pooler(int size) {
		return PgBouncer.start(this.database, PoolMode.TRANSACTION, size);
	}

	private Migrator migrator(DataSource dataSource) {
		return Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
	}

	private HikariConfig pool(PgBouncer pooler, int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(pooler.url());
		config.setUsername(this.database.user());
		config.setPassword(this.database.password());
		config.setMaximumPoolSize(size);
		config.setAutoCommit(size == 1);
		return config;
	}

	private String untouched() {
		return this.database.query("SELECT current_setting('search_path')").get(0) + "|0|none||" + this.database.user()
				+ "|0|0|0|0|false|0";
	}

	/** What other clients find in each session of the pool. */
	private static Set<String> traces(PgBouncer pooler, int size) {
		Set<String> traces = new TreeSet<>();
		try (Connection first = pooler.connect(); Connection second = pooler.connect()) {
			for (Connection client : List.of(first, second).subList(0, size)) {
				client.setAutoCommit(false);
				client.unwrap(PGConnection.class).setPrepareThreshold(0);
				try (Statement statement = client.createStatement(); ResultSet row = statement.executeQuery(TRACES)) {
					row.next();
					traces.add(row.getString(1));
				}
			}
			return traces;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
