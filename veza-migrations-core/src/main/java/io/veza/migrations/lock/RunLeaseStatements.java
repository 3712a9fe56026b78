package io.veza.migrations.lock;

import java.time.Duration;
import java.util.UUID;

import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlState;

/**
 * The statements on the lease of one run. Times are those of the server.
 *
 * @param table the table that holds it
 * @param owner the id of the run
 * @param term how long it lasts unless it is renewed
 */
record RunLeaseStatements(LeaseTableName table, UUID owner, Duration term) {

	/**
	 * A row that a transaction has locked is never waited for and never taken, whatever
	 * its time is: its owner is at work.
	 */
	private static final String TAKE = """
			INSERT INTO {table} AS lease (id, owner, holder, acquired_at, expires_at)
			SELECT 1, {owner}, {holder}, pg_catalog.clock_timestamp(), pg_catalog.clock_timestamp() + {term}
			WHERE NOT EXISTS (SELECT 1 FROM {table})
				OR EXISTS (
					SELECT 1
					FROM {table} ended
					WHERE ended.expires_at < pg_catalog.clock_timestamp()
					FOR UPDATE SKIP LOCKED)
			ON CONFLICT (id) DO UPDATE
			SET owner = excluded.owner, holder = excluded.holder, acquired_at = excluded.acquired_at,
				expires_at = excluded.expires_at
			WHERE lease.expires_at < pg_catalog.clock_timestamp()""";

	/** Beside a transaction of the run, which protects the lease itself. */
	private static final String BEAT = """
			UPDATE {table}
			SET expires_at = pg_catalog.clock_timestamp() + {term}
			WHERE id IN (SELECT id FROM {table} WHERE owner = {owner} FOR UPDATE SKIP LOCKED)""";

	private static final String LOCK = "PERFORM 1 FROM {table} WHERE owner = {owner} FOR UPDATE";

	private static final String RENEW = """
			UPDATE {table}
				SET expires_at = pg_catalog.clock_timestamp() + {term}
				WHERE owner = {owner}""";

	private static final String REQUIRE = """
			DECLARE
				other text;
			BEGIN
				{statement};
				IF NOT FOUND THEN
					SELECT holder INTO other FROM {table};
					RAISE EXCEPTION USING
						ERRCODE = '{lost}',
						MESSAGE = 'the lease of this run has ended' || coalesce(' and is held now by ' || other, '');
				END IF;
			END""";

	private static final String RELEASE = "DELETE FROM {table} WHERE owner = {owner}";

	private static final String HELD = "EXISTS (SELECT 1 FROM {table} WHERE owner = {owner})";

	/**
	 * Return what takes the lease, if it is free or has ended.
	 * @param holder who takes it, in words
	 * @return the SQL, which changes one row or none
	 */
	String take(String holder) {
		return named(TAKE).replace("{holder}", SqlQuoting.literal(holder));
	}

	String beat() {
		return named(BEAT);
	}

	/**
	 * Return what locks the lease until the transaction ends, and fails if it is lost.
	 * @return the SQL
	 */
	String lock() {
		return require(LOCK);
	}

	/**
	 * Return what renews the lease, and fails if it is lost.
	 * @return the SQL
	 */
	String renew() {
		return require(RENEW);
	}

	String release() {
		return named(RELEASE);
	}

	String held() {
		return named(HELD);
	}

	private String require(String statement) {
		return "DO " + SqlQuoting.literal(named(REQUIRE.replace("{statement}", statement)));
	}

	private String named(String sql) {
		return sql.replace("{owner}", "'" + this.owner + "'::uuid")
			.replace("{lost}", SqlState.LEASE_LOST)
			.replace("{term}", "interval '" + this.term.toMillis() + " ms'")
			.replace("{table}", this.table.name());
	}

}
