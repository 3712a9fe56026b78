package io.veza.migrations.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import io.veza.migrations.ServerSession;

/**
 * The parts of queries that ask who sessions are, and the reading of their rows.
 */
final class ServerSessionRows {

	/**
	 * Sessions, {@code a}; whether their queries are wanted is a parameter.
	 * <p>
	 * PostgreSQL hides the type and the query of other users' sessions. A worker of
	 * autovacuum then is who has a database but no user; and that it prevents wraparound
	 * shows in the age of the table that it locks.
	 */
	static final String SESSIONS = """
			SELECT a.pid,
				CASE
					WHEN a.backend_type = 'autovacuum worker'
							OR (a.backend_type IS NULL AND a.usesysid IS NULL AND a.datid IS NOT NULL) THEN
						CASE
							WHEN a.query LIKE 'autovacuum: %(to prevent wraparound)' THEN 'WRAPAROUND_AUTOVACUUM'
							WHEN a.query LIKE 'autovacuum: %' THEN 'AUTOVACUUM'
							WHEN EXISTS (
								SELECT 1
								FROM pg_catalog.pg_locks l
								JOIN pg_catalog.pg_class c ON c.oid = l.relation
								CROSS JOIN LATERAL (
									SELECT pg_catalog.min(o.option_value::int)
											FILTER (WHERE o.option_name = 'autovacuum_freeze_max_age'),
										pg_catalog.min(o.option_value::int)
											FILTER (WHERE o.option_name = 'autovacuum_multixact_freeze_max_age')
									FROM pg_catalog.pg_options_to_table(coalesce(c.reloptions, (
										SELECT m.reloptions
										FROM pg_catalog.pg_class m
										WHERE c.relkind = 't' AND m.reltoastrelid = c.oid))) o
								) own (freeze_max_age, multixact_freeze_max_age)
								WHERE l.pid = a.pid
									AND l.locktype = 'relation'
									AND l.mode = 'ShareUpdateExclusiveLock'
									AND l.granted
									AND l.database = a.datid
									AND a.datname = pg_catalog.current_database()
									AND c.relkind IN ('r', 'm', 't')
									AND (pg_catalog.age(c.relfrozenxid) > least(own.freeze_max_age,
											pg_catalog.current_setting('autovacuum_freeze_max_age')::int)
										OR pg_catalog.mxid_age(c.relminmxid) > least(own.multixact_freeze_max_age,
											pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::int))
							) THEN 'WRAPAROUND_AUTOVACUUM'
							ELSE 'AUTOVACUUM'
						END
					WHEN a.backend_type <> 'client backend' THEN 'OTHER'
					ELSE 'CLIENT'
				END AS kind,
				a.usename,
				nullif(a.application_name, '') AS application,
				pg_catalog.host(a.client_addr) AS client,
				a.state,
				extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000 AS age_ms,
				a.backend_type IS NULL AS hidden,
				NULL AS gid,
				CASE WHEN ? AND a.backend_type IS NOT NULL THEN nullif(a.query, '') END AS query
			FROM pg_catalog.pg_stat_activity a""";

	/** Prepared transactions, {@code p}, with the columns of {@link #SESSIONS}. */
	static final String PREPARED_TRANSACTIONS = """
			SELECT 0, 'PREPARED_TRANSACTION', p.owner, NULL, NULL, NULL,
				extract(epoch FROM pg_catalog.clock_timestamp() - p.prepared) * 1000, FALSE, p.gid, NULL
			FROM pg_catalog.pg_prepared_xacts p""";

	private ServerSessionRows() {
	}

	static ServerSession read(ResultSet row) throws SQLException {
		long age = row.getLong("age_ms");
		Duration transactionAge = row.wasNull() ? null : Duration.ofMillis(Math.max(age, 0));
		return new ServerSession(row.getInt("pid"), ServerSession.Kind.valueOf(row.getString("kind")),
				row.getString("usename"), row.getString("application"), row.getString("client"), row.getString("state"),
				transactionAge, row.getBoolean("hidden"), row.getString("gid"), row.getString("query"));
	}

	/** A session of which nothing can be said, because it ended or began just now. */
	static ServerSession unknown(int pid) {
		return new ServerSession(pid, (pid == 0) ? ServerSession.Kind.PREPARED_TRANSACTION : ServerSession.Kind.CLIENT,
				null, null, null, null, null, false, null, null);
	}

}
