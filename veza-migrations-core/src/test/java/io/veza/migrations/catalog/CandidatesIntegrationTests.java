package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.ServerSession;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the candidates of {@link SessionActivityInspector}.
 */
class CandidatesIntegrationTests {

	private final SessionActivityInspector inspector = new SessionActivityInspector();

	private final TestDatabase database = TestDatabase.create();

	@BeforeEach
	void createTables() {
		this.database.execute("""
				CREATE TABLE users (id int, name text);
				CREATE INDEX users_name ON users (name);
				CREATE TABLE "Odd Name" (id int);
				CREATE VIEW people AS SELECT id FROM users;
				CREATE TABLE events (at int) PARTITION BY RANGE (at);
				CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
				CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (2) TO (3);""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE users ADD x int", "alter table public.USERS add x int",
			"DROP INDEX users_name", "DROP TABLE \"users\"", "DO $$ BEGIN EXECUTE 'DROP TABLE users'; END $$",
			"SELECT '\"', 1 FROM users;" })
	void sessionThatReadsANamedTableIsACandidate(String sql) throws SQLException {
		try (TestSession reader = open("BEGIN; SELECT id FROM users")) {
			assertThat(candidates(sql)).extracting(ServerSession::pid).containsExactly(reader.pid());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE users_2 ADD x int", "ALTER TABLE superusers ADD x int", "SELECT 1", "",
			"ALTER TABLE \"Odd Name\" ADD x int", "COMMENT ON TABLE pg_class IS 'x'" })
	void sessionThatReadsAnotherTableIsNone(String sql) throws SQLException {
		try (TestSession reader = open("BEGIN; SELECT id FROM users; SELECT relname FROM pg_class")) {
			assertThat(candidates(sql)).as("%s", reader.pid()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SELECT id FROM "Odd Name"            | DROP TABLE "Odd Name"
			SELECT id FROM people                | DROP VIEW people
			SELECT at FROM events_1              | ALTER TABLE events ADD x int
			SELECT at FROM events WHERE at = 1   | DROP TABLE events_2
			LOCK TABLE users IN ACCESS SHARE MODE | DROP INDEX users_name
			INSERT INTO users VALUES (1, 'a')    | TRUNCATE users
			""")
	void everyKindOfRelationIsFound(String held, String sql) throws SQLException {
		try (TestSession holder = open("BEGIN; " + held)) {
			assertThat(candidates(sql)).extracting(ServerSession::pid).containsExactly(holder.pid());
		}
	}

	@Test
	void sessionThatAsksIsNoCandidate() throws SQLException {
		try (Connection connection = this.database.connect()) {
			connection.createStatement().execute("BEGIN; SELECT id FROM users");

			assertThat(this.inspector.candidates(connection, "DROP TABLE users", false)).isEmpty();
		}
	}

	@Test
	void sessionThatOnlyWaitsIsNoCandidate() throws SQLException {
		try (TestSession holder = open("BEGIN; LOCK TABLE users"); TestSession waiter = executing("TABLE users")) {
			Awaitility.await()
				.until(() -> this.database.query("SELECT pid FROM pg_locks WHERE NOT granted")
					.contains(Integer.toString(waiter.pid())));

			assertThat(candidates("DROP TABLE users")).extracting(ServerSession::pid).containsExactly(holder.pid());
		}
	}

	@Test
	void candidatesAreTheOldestFirstWithTheirQueriesIfAskedFor() throws SQLException {
		try (TestSession first = open("BEGIN;SELECT id FROM users");
				TestSession second = open("BEGIN;SELECT name FROM users");
				Connection connection = this.database.connect()) {
			List<ServerSession> candidates = this.inspector.candidates(connection, "DROP TABLE users", true);

			assertThat(candidates).extracting(ServerSession::pid).containsExactly(first.pid(), second.pid());
			assertThat(candidates).extracting(ServerSession::query)
				.containsExactly("SELECT id FROM users", "SELECT name FROM users");
			assertThat(candidates("DROP TABLE users")).extracting(ServerSession::query).containsOnlyNulls();
		}
	}

	@Test
	void sessionThatReadsOnlyTheToastTableIsACandidate() throws SQLException {
		String toast = this.database.query("SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'users'::regclass")
			.get(0);
		try (TestSession reader = open("BEGIN; SELECT chunk_id FROM " + toast)) {
			assertThat(candidates("DROP TABLE users")).extracting(ServerSession::pid).containsExactly(reader.pid());
		}
	}

	@Test
	void workersOfAParallelQueryAreOneCandidate() throws SQLException {
		this.database.execute("INSERT INTO users SELECT 600 FROM generate_series(1, 10000)");
		try (Connection connection = this.database.connect(); TestSession reader = executing("""
				SET parallel_setup_cost = 0;
				SET parallel_tuple_cost = 0;
				SET min_parallel_table_scan_size = 0;
				SELECT count(pg_sleep(id)) FROM users""")) {
			Awaitility.await().until(() -> !this.database.query("""
					SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
					WHERE l.relation = 'users'::regclass AND a.backend_type = 'parallel worker'""").isEmpty());

			assertThat(this.inspector.candidates(connection, "DROP TABLE users", false)).extracting(ServerSession::pid)
				.containsExactly(reader.pid());
		}
	}

	@Test
	void preparedTransactionIsACandidate() throws SQLException {
		String gid = this.database.name();
		this.database.execute("BEGIN; SELECT id FROM users; PREPARE TRANSACTION '" + gid + "'");
		this.database.execute("BEGIN; SELECT at FROM events; PREPARE TRANSACTION '" + gid + "_2'");
		try {
			assertThat(candidates("DROP TABLE users")).extracting(ServerSession::gid).containsExactly(gid);
		}
		finally {
			this.database.execute("ROLLBACK PREPARED '" + gid + "'");
			this.database.execute("ROLLBACK PREPARED '" + gid + "_2'");
		}
	}

	@Test
	void tableOfTheSameNumberInAnotherDatabaseDoesNotCount() throws SQLException {
		TestDatabase other = TestDatabase.create();
		other.execute("CREATE TABLE users (id int)");
		String number = other.query("SELECT 'users'::regclass::oid").get(0);
		this.database.execute("UPDATE pg_class SET oid = " + number + " WHERE oid = 'people'::regclass");
		try (TestSession reader = TestSession.executed(other.dataSource(), "BEGIN; SELECT id FROM users")) {
			assertThat(candidates("DROP VIEW people")).as("%s", reader.pid()).isEmpty();
		}
	}

	private TestSession open(String sql) throws SQLException {
		return TestSession.executed(this.database.dataSource(), sql);
	}

	private TestSession executing(String sql) throws SQLException {
		return TestSession.executing(this.database.dataSource(), sql);
	}

	private List<ServerSession> candidates(String sql) throws SQLException {
		try (Connection connection = this.database.connect()) {
			return this.inspector.candidates(connection, sql, false);
		}
	}

}
