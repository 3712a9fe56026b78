package io.veza.migrations.testsupport;

import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A real worker of autovacuum that is busy with one table for minutes.
 */
public final class SlowAutovacuum implements AutoCloseable {

	private static final String SLOW = "autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1, "
			+ "autovacuum_analyze_threshold = 1000000";

	private final TestDatabase database;

	private final String table;

	private SlowAutovacuum(TestDatabase database, String table) {
		this.database = database;
		this.table = table;
	}

	/**
	 * Create a table that needs a vacuum, and wait for the worker.
	 * @param database where
	 * @param table the name of the table
	 * @return the worker, which PostgreSQL cancels when it is in the way
	 */
	public static SlowAutovacuum ofDeadRows(TestDatabase database, String table) {
		create(database, table, "autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0");
		database.execute("DELETE FROM " + table);
		return new SlowAutovacuum(database, table).begin();
	}

	/**
	 * Create a table that is old, and wait for the worker.
	 * @param database where
	 * @param table the name of the table
	 * @return the worker, which PostgreSQL does not cancel
	 */
	public static SlowAutovacuum toPreventWraparound(TestDatabase database, String table) {
		create(database, table, "autovacuum_freeze_max_age = 100000, autovacuum_vacuum_insert_threshold = -1");
		database.execute("""
				DO $$
				BEGIN
					FOR i IN 1..100001 LOOP
						PERFORM pg_current_xact_id();
						COMMIT;
					END LOOP;
				END $$""");
		return new SlowAutovacuum(database, table).begin();
	}

	private static void create(TestDatabase database, String table, String reason) {
		database.execute("CREATE TABLE " + table + " (filler char(900)) WITH (" + SLOW + ", " + reason + ")");
		database.execute("INSERT INTO " + table + " SELECT 'x' FROM generate_series(1, 5000)");
	}

	/** The launcher visits one database after the other. */
	private SlowAutovacuum begin() {
		this.database.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'");
		this.database.execute("SELECT pg_reload_conf()");
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !workers().isEmpty());
		return this;
	}

	/**
	 * Return who works on the table.
	 * @return the process of the worker, empty if it has ended
	 */
	public String workers() {
		return String.join(",", this.database.query("""
				SELECT a.pid
				FROM pg_stat_activity a
				JOIN pg_locks l ON l.pid = a.pid AND l.relation = to_regclass('%s') AND l.granted
				WHERE a.backend_type = 'autovacuum worker'""".formatted(this.table)));
	}

	/**
	 * End the worker, and leave the server as it was.
	 */
	public void end() {
		this.database.execute("ALTER SYSTEM RESET autovacuum_naptime");
		this.database.execute("SELECT pg_reload_conf()");
		this.database
			.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'");
	}

	@Override
	public void close() {
		end();
		this.database.execute("DROP TABLE IF EXISTS " + this.table);
	}

}
