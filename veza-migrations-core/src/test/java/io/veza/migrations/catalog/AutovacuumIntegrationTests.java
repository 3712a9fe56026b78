package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link SessionActivityInspector} beside real workers of autovacuum.
 */
class AutovacuumIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	private static final String ROLE = database.name() + "_role";

	private final SessionActivityInspector inspector = new SessionActivityInspector();

	/**
	 * Two tables that need a vacuum which takes minutes, one of them because it is old.
	 */
	@BeforeAll
	static void startAutovacuum() {
		database.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'x'");
		database.execute(
				"""
								CREATE TABLE dead (filler char(900)) WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
									autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0, autovacuum_analyze_threshold = 1000000);
								CREATE TABLE old (filler char(900)) WITH (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1,
									autovacuum_freeze_max_age = 100000, autovacuum_vacuum_insert_threshold = -1,
									autovacuum_analyze_threshold = 1000000);
								CREATE INDEX dead_filler ON dead (filler);
						INSERT INTO dead SELECT 'x' FROM generate_series(1, 5000);
								INSERT INTO old SELECT 'x' FROM generate_series(1, 5000);""");
		database.execute("""
				DO $$
				BEGIN
					FOR i IN 1..100001 LOOP
						PERFORM pg_current_xact_id();
						COMMIT;
					END LOOP;
				END $$""");
		database.execute("DELETE FROM dead");
		database.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'");
		database.execute("SELECT pg_reload_conf()");
	}

	@AfterAll
	static void stopAutovacuum() {
		database.execute("ALTER SYSTEM RESET autovacuum_naptime");
		database.execute("SELECT pg_reload_conf()");
		database.execute("ALTER TABLE dead SET (autovacuum_enabled = off)");
		database
			.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'");
		database.execute("DROP TABLE old");
	}

	@ParameterizedTest
	@CsvSource({ "dead, AUTOVACUUM", "old, WRAPAROUND_AUTOVACUUM" })
	void workerIsRecognised(String table, Kind kind) throws SQLException {
		try (Connection connection = database.connect()) {
			ServerSession worker = worker(connection, table);

			assertThat(worker.kind()).isEqualTo(kind);
			assertThat(worker.hidden()).isFalse();
			assertThat(worker.query()).startsWith("autovacuum: VACUUM public." + table);
		}
	}

	@ParameterizedTest
	@CsvSource({ "dead, AUTOVACUUM", "old, WRAPAROUND_AUTOVACUUM" })
	void workerIsRecognisedByWhoMayNotSeeIt(String table, Kind kind) throws SQLException {
		try (Connection connection = database.dataSource(ROLE, "x").getConnection()) {
			ServerSession worker = worker(connection, table);

			assertThat(worker.kind()).isEqualTo(kind);
			assertThat(worker.hidden()).isTrue();
			assertThat(worker.query()).isNull();
		}
	}

	@Test
	void workerDoesNotWorkOnTheIndexes() throws SQLException {
		try (Connection connection = database.dataSource(ROLE, "x").getConnection()) {
			worker(connection, "dead");

			assertThat(new IndexInspector().find(connection, "dead_filler").orElseThrow().worker()).isNull();
		}
	}

	@Test
	void workerIsABlocker() throws SQLException {
		try (Connection connection = database.connect()) {
			int worker = worker(connection, "old").pid();
			try (TestSession waiter = TestSession.executing(database.dataSource(),
					"ALTER TABLE old ADD COLUMN x int")) {
				int pid = waiter.pid();
				SessionActivity activity = Awaitility.await()
					.until(() -> this.inspector.activity(connection, pid, false).orElseThrow(),
							(now) -> !now.blockers().isEmpty());

				assertThat(activity.blockers()).extracting(ServerSession::pid, ServerSession::kind)
					.containsExactly(tuple(worker, Kind.WRAPAROUND_AUTOVACUUM));
			}
		}
	}

	/** The launcher visits one database after the other. */
	private ServerSession worker(Connection connection, String table) {
		List<ServerSession> workers = Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.inspector.candidates(connection, "ALTER TABLE " + table, true),
					(candidates) -> !candidates.isEmpty());
		return workers.get(0);
	}

}
