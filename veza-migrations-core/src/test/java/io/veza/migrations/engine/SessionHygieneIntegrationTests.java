package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionHygieneIntegrationTests {

	/** All that a session can keep, but for the lock of the run. */
	private static final String STATE = """
			SELECT concat_ws(E'\\n',
				current_user || ' ' || session_user || ' ' || current_setting('role') || ' ' || current_setting('search_path'),
				(SELECT string_agg(name || '=' || setting, E'\\n' ORDER BY name) FROM pg_settings
					WHERE name IN ('lock_timeout', 'statement_timeout', 'TimeZone', 'work_mem', 'default_tablespace')),
				(SELECT string_agg('prepared ' || name, E'\\n' ORDER BY name) FROM pg_prepared_statements WHERE from_sql),
				(SELECT string_agg('channel ' || c, E'\\n' ORDER BY c) FROM pg_listening_channels() c),
				(SELECT string_agg('cursor ' || name, E'\\n' ORDER BY name) FROM pg_cursors WHERE is_holdable),
				(SELECT string_agg('lock ' || objid || ' ' || mode, E'\\n' ORDER BY objid) FROM pg_locks
					WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid < 100),
				(SELECT string_agg('temporary ' || relname, E'\\n' ORDER BY relname) FROM pg_class
					WHERE relnamespace = pg_my_temp_schema()),
				(SELECT string_agg('temporary ' || proname, E'\\n' ORDER BY proname) FROM pg_proc
					WHERE pronamespace = pg_my_temp_schema()),
				(SELECT string_agg('temporary ' || typname, E'\\n' ORDER BY typname) FROM pg_type
					WHERE typnamespace = pg_my_temp_schema())) AS state""";

	private static final String POOL_INITIALIZATION = """
			SET work_mem = '7MB';
			CREATE TEMP TABLE pool_temp (id serial, other int GENERATED ALWAYS AS IDENTITY);
			PREPARE pool_prepared AS SELECT 1;
			LISTEN pool_channel;
			SELECT pg_advisory_lock(41);
			DECLARE pool_cursor CURSOR WITH HOLD FOR SELECT 1;
			SET app.tenant = 'acme'""";

	/** One for all of them, because they are many. */
	private static TestDatabase database;

	private MigrationFolder folder;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.create();
	}

	@BeforeEach
	void empty(@TempDir Path path) {
		database.execute("DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
		this.folder = MigrationFolder.in(path);
	}

	/** It makes the history tables, so that those that follow it travel together. */
	private void withAnotherOneBefore() {
		this.folder.with("0.1_before.sql", "SELECT 1;", "SELECT 1;");
	}

	static String[] leaks() {
		return new String[] { "SET search_path = pg_catalog;", "SET ROLE pg_monitor;",
				"SET SESSION AUTHORIZATION pg_monitor;", "SET lock_timeout = '9s'; SET statement_timeout = '9s';",
				"SET TIME ZONE 'Asia/Tokyo'; SET default_tablespace = pg_default;",
				"CREATE TEMP TABLE leak (id serial, other int GENERATED ALWAYS AS IDENTITY, UNIQUE (id));",
				"CREATE TEMP TABLE part (id int) PARTITION BY LIST (id); CREATE TEMP TABLE part1 PARTITION OF part DEFAULT;",
				"CREATE TEMP SEQUENCE leak; CREATE TEMP VIEW v AS SELECT last_value FROM leak;",
				"CREATE FUNCTION pg_temp.leak(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 1';",
				"CREATE TYPE pg_temp.mood AS ENUM ('a'); CREATE DOMAIN pg_temp.small AS int; CREATE TYPE pg_temp.pair AS (a int);",
				"CREATE TEMP TABLE s (a int, b int); CREATE STATISTICS pg_temp.leak ON a, b FROM s;",
				"SET ROLE pg_monitor; CREATE TEMP TABLE leak (id int);", "PREPARE \"a \"\" b\" AS SELECT 1;",
				"LISTEN \"a \"\" b\";",
				"SELECT pg_advisory_lock(42), pg_advisory_lock(42), pg_advisory_lock_shared(43);",
				"SELECT pg_advisory_lock(-1, 44), pg_advisory_lock_shared(-1, 45), pg_advisory_lock(41);",
				"DECLARE \"a \"\" b\" CURSOR WITH HOLD FOR SELECT 1;" };
	}

	@ParameterizedTest
	@MethodSource("leaks")
	void whatAMigrationLeavesReachesNeitherTheNextNorThePool(String leak) throws SQLException {
		this.folder.with("1_leak.sql", leak, "SELECT 1;");

		assertNothingIsLeft(pool(), MigratorOptions.defaults());
	}

	@ParameterizedTest
	@MethodSource("leaks")
	void whatThePoolHadBeforeStays(String leak) throws SQLException {
		this.folder.with("1_leak.sql", leak, "SELECT 1;");
		HikariConfig pool = pool();
		pool.setConnectionInitSql(POOL_INITIALIZATION);

		assertNothingIsLeft(pool, MigratorOptions.defaults());
	}

	@ParameterizedTest
	@MethodSource("leaks")
	void whatAMigrationWithoutTransactionLeavesReachesNeitherTheNextNorThePool(String leak) throws SQLException {
		this.folder.with("1_leak.sql", "-- veza: transaction=off\n" + leak, "SELECT 1;");

		assertNothingIsLeft(pool(), MigratorOptions.defaults());
	}

	@ParameterizedTest
	@MethodSource("leaks")
	void whatAMigrationLeavesDoesNotReachTheNextInTheSameTransaction(String leak) throws SQLException {
		this.folder.with("1_leak.sql", leak, "SELECT 1;");
		MigratorOptions defaults = MigratorOptions.defaults();

		assertNothingIsLeft(pool(), defaults.with(PlanningOptions.defaults().withSingleTransaction()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PREPARE leak AS SELECT 1;", "SET work_mem = '1MB';", "CREATE TEMP TABLE leak (id int);" })
	void poolWithOtherHabitsGetsItsConnectionBack(String leak) throws SQLException {
		database.execute("CREATE SCHEMA app");
		this.folder.with("1_leak.sql", leak, "SELECT 1;");
		HikariConfig pool = pool();
		pool.setAutoCommit(false);
		pool.setReadOnly(true);
		pool.setSchema("app");
		pool.setConnectionInitSql("SET work_mem = '7MB'; PREPARE pool_prepared AS SELECT 1");
		pool.addDataSourceProperty("autosave", "always");

		assertNothingIsLeft(pool, MigratorOptions.defaults());
	}

	@Test
	void schemaOfTheHistoryHeadsTheSearchPathDuringTheRunOnly() throws SQLException {
		this.folder.with("1_leak.sql", "SET search_path = pg_catalog;", "SELECT 1;")
			.with("2_look.sql", "CREATE TABLE seen AS SELECT current_setting('search_path') AS path;",
					"DROP TABLE seen;");
		try (HikariDataSource dataSource = new HikariDataSource(pool())) {
			String before = state(dataSource);

			migrate(dataSource, MigratorOptions.defaults().with(new HistoryTableNames("app", "h", "e", "p")));

			assertThat(state(dataSource)).isEqualTo(before);
			assertThat(ask(dataSource, "SELECT path FROM app.seen")).isEqualTo("\"app\", \"$user\", public");
		}
	}

	@Test
	void failureLeavesNothing() throws SQLException {
		this.folder.with("1_leak.sql",
				"-- veza: transaction=off\nPREPARE leak AS SELECT 1; LISTEN leak; SELECT nowhere;", "SELECT 1;");
		try (HikariDataSource dataSource = new HikariDataSource(pool())) {
			String before = state(dataSource);

			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrate(dataSource, MigratorOptions.defaults()))
				.withMessageContaining("nowhere");

			assertThat(state(dataSource)).isEqualTo(before);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "DISCARD ALL;", "RESET ALL;", "DEALLOCATE ALL;", "UNLISTEN *;", "DISCARD TEMP;", "CLOSE ALL;" })
	void sessionThatLostWhatThePoolMadeIsReplaced(String discard) throws SQLException {
		this.folder.with("1_discard.sql", discard, "SELECT 1;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
		HikariConfig pool = pool();
		pool.setConnectionInitSql(POOL_INITIALIZATION);
		try (HikariDataSource dataSource = new HikariDataSource(pool)) {
			String before = state(dataSource);
			String backend = ask(dataSource, "SELECT pg_backend_pid()");

			migrate(dataSource, MigratorOptions.defaults());

			assertThat(state(dataSource)).isEqualTo(before);
			assertThat(ask(dataSource, "SELECT current_setting('app.tenant')")).isEqualTo("acme");
			assertThat(ask(dataSource, "SELECT pg_backend_pid()")).isNotEqualTo(backend);
		}
	}

	@Test
	void settingsOfTheRunComeBackAfterDiscardAll() throws SQLException {
		this.folder.with("1_discard.sql",
				"""
						-- veza: lock-timeout=3s
						DISCARD ALL;
						CREATE TABLE seen AS SELECT current_setting('lock_timeout') || ' ' || current_setting('work_mem') AS seen;""",
				"DROP TABLE seen;");
		HikariConfig pool = pool();
		pool.setConnectionInitSql("SET work_mem = '7MB'");
		try (HikariDataSource dataSource = new HikariDataSource(pool)) {
			migrate(dataSource, MigratorOptions.defaults());

			assertThat(ask(dataSource, "SELECT seen FROM seen")).isEqualTo("3s 7MB");
		}
	}

	private void assertNothingIsLeft(HikariConfig pool, MigratorOptions options) throws SQLException {
		withAnotherOneBefore();
		this.folder.with("2_look.sql", "CREATE TABLE seen AS " + STATE.replace("'lock_timeout', ", "") + ";",
				"DROP TABLE seen;");
		try (HikariDataSource dataSource = new HikariDataSource(pool)) {
			String before = state(dataSource);
			String backend = ask(dataSource, "SELECT pg_backend_pid()");

			migrate(dataSource, options);

			assertThat(state(dataSource)).isEqualTo(before);
			assertThat(ask(dataSource, "SELECT pg_backend_pid()")).isEqualTo(backend);
			assertThat(ask(dataSource, "SELECT state FROM seen").replaceAll("\nprepared veza_migrations_.*", ""))
				.isEqualTo(before.replaceFirst("lock_timeout=.*\n", ""));
		}
	}

	private void migrate(HikariDataSource dataSource, MigratorOptions options) {
		Migrators.migrator(this.folder, dataSource, options).migrate(MigrateRequest.all());
	}

	private static String state(HikariDataSource dataSource) throws SQLException {
		return ask(dataSource, STATE);
	}

	private static String ask(HikariDataSource dataSource, String query) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			String answer = row.getString(1);
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
			return answer;
		}
	}

	private HikariConfig pool() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(database.url());
		config.setUsername(database.user());
		config.setPassword(database.password());
		config.setMaximumPoolSize(1);
		return config;
	}

}
