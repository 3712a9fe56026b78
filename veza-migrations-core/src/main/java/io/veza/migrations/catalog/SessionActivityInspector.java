package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.ServerSession;
import io.veza.migrations.sql.StatementRunner;
import io.veza.migrations.status.ServerProgress;

/**
 * Reads from PostgreSQL what a session does, and which sessions are in its way. Each
 * method sends one query.
 */
public final class SessionActivityInspector {

	/**
	 * A waiting session is one row for each of its blockers, any other is one row.
	 * {@code pg_blocking_pids} stops all locking for a moment, so that it is called only
	 * for a session that waits, or of which PostgreSQL does not tell whether it does.
	 */
	private static final String ACTIVITY = """
			WITH target AS MATERIALIZED (
				SELECT t.pid, t.state, t.query, coalesce(t.wait_event_type = 'Lock', t.backend_type IS NULL) AS waits
				FROM pg_catalog.pg_stat_activity t
				WHERE t.pid = ?
			)
			SELECT CASE WHEN target.state = 'active' THEN nullif(target.query, '') END AS current_query,
				progress.command, progress.phase, progress.done, progress.total, progress.unit,
				CASE WHEN blocker.pid IS NOT NULL THEN (
					SELECT CASE
							WHEN w.locktype = 'relation'
								THEN w.mode || ' on "' || coalesce(n.nspname || '.' || c.relname, w.relation::text) || '"'
							WHEN w.locktype = 'virtualxid' THEN 'the end of an older transaction'
							WHEN w.locktype = 'transactionid' THEN 'the end of another transaction'
							WHEN c.oid IS NOT NULL THEN 'a ' || w.locktype || ' of "' || n.nspname || '.' || c.relname || '"'
							ELSE 'a lock of type "' || w.locktype || '"'
						END
					FROM pg_catalog.pg_locks w
					LEFT JOIN pg_catalog.pg_class c ON c.oid = w.relation
					LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
					WHERE w.pid = target.pid AND NOT w.granted
					LIMIT 1
				) END AS waits_for,
				blocker.pid AS blocker,
				s.*
			FROM target
			LEFT JOIN LATERAL (%s) progress ON progress.pid = target.pid
			LEFT JOIN LATERAL (
				SELECT DISTINCT b.pid
				FROM pg_catalog.unnest(CASE WHEN target.waits THEN pg_catalog.pg_blocking_pids(target.pid) END) b (pid)
			) blocker ON TRUE
			LEFT JOIN LATERAL (
				%s
				WHERE a.pid = blocker.pid
				UNION ALL
				%s
				WHERE blocker.pid = 0 AND p.transaction IN (
					SELECT x.transactionid
					FROM pg_catalog.pg_locks w
					JOIN pg_catalog.pg_locks h ON h.pid IS NULL AND h.granted
						AND ROW(h.locktype, h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid,
								h.objid, h.objsubid)
							IS NOT DISTINCT FROM ROW(w.locktype, w.database, w.relation, w.page, w.tuple, w.virtualxid,
								w.transactionid, w.classid, w.objid, w.objsubid)
					JOIN pg_catalog.pg_locks x ON x.pid IS NULL AND x.locktype = 'transactionid'
						AND x.virtualtransaction = h.virtualtransaction
					WHERE w.pid = target.pid AND NOT w.granted)
			) s ON TRUE
			ORDER BY s.age_ms DESC NULLS LAST, blocker.pid"""
		.formatted(ServerProgressRows.SELECT, ServerSessionRows.SESSIONS, ServerSessionRows.PREPARED_TRANSACTIONS);

	/**
	 * Every lock of a relation conflicts with some other one, so that any counts. Who
	 * reads a table has locks on all that is read, but a change of a table also locks its
	 * partitions, and that of a partition its table.
	 */
	private static final String HOLDERS = """
			WITH RECURSIVE named AS (
				%s
			), owned AS (
				SELECT named.oid
				FROM named
				UNION
				SELECT i.indrelid
				FROM named
				JOIN pg_catalog.pg_index i ON i.indexrelid = named.oid
				UNION
				SELECT h.inhrelid
				FROM owned
				JOIN pg_catalog.pg_inherits h ON h.inhparent = owned.oid
			), concerned AS (
				SELECT owned.oid
				FROM owned
				UNION
				SELECT c.reltoastrelid
				FROM owned
				JOIN pg_catalog.pg_class c ON c.oid = owned.oid
				UNION
				SELECT h.inhparent
				FROM named
				JOIN pg_catalog.pg_inherits h ON h.inhrelid = named.oid
			), holders AS (
				SELECT DISTINCT l.pid, l.virtualtransaction
				FROM pg_catalog.pg_locks l
				JOIN concerned ON concerned.oid = l.relation
				WHERE l.locktype = 'relation'
					AND l.granted
					AND l.database = (
						SELECT d.oid
						FROM pg_catalog.pg_database d
						WHERE d.datname = pg_catalog.current_database())
			)
			SELECT s.*
			FROM (
				%s
				WHERE a.pid IN (SELECT holders.pid FROM holders)
					AND a.pid <> pg_catalog.pg_backend_pid()
					AND a.backend_type IS DISTINCT FROM 'parallel worker'
				UNION ALL
				%s
				WHERE p.transaction IN (
					SELECT x.transactionid
					FROM holders
					JOIN pg_catalog.pg_locks x ON x.virtualtransaction = holders.virtualtransaction
					WHERE holders.pid IS NULL AND x.pid IS NULL AND x.locktype = 'transactionid')
			) s
			ORDER BY s.age_ms DESC NULLS LAST, s.pid""";

	private static final String CANDIDATES = HOLDERS.formatted("""
			SELECT c.oid
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relname = ANY (?::text[]::name[])
				AND n.nspname NOT LIKE 'pg\\_%'
				AND n.nspname <> 'information_schema'""", ServerSessionRows.SESSIONS,
			ServerSessionRows.PREPARED_TRANSACTIONS);

	private static final String HOLDERS_OF_ONE = HOLDERS.formatted("SELECT pg_catalog.to_regclass(?)::oid AS oid",
			ServerSessionRows.SESSIONS, ServerSessionRows.PREPARED_TRANSACTIONS);

	/** The setting has a unit, which an interval understands. */
	private static final String DEADLOCK_TIMEOUT = """
			SELECT extract(epoch FROM pg_catalog.current_setting('deadlock_timeout')::interval) * 1000""";

	/** A statement names its tables at its beginning; what makes it long is data. */
	private static final int NAMES_WITHIN = 100_000;

	private static final List<Pattern> NAMES = List.of(Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*+"),
			Pattern.compile("(?<=\")[^\"]++(?=\")"));

	/**
	 * Read what a session does.
	 * @param connection the connection to ask on, of another session and in autocommit
	 * mode: within a transaction PostgreSQL shows what it showed first
	 * @param pid the process of the session
	 * @param withQueries whether to ask for the queries of blockers
	 * @return what it does, empty if there is no such session
	 * @throws SQLException if the query fails
	 */
	public Optional<SessionActivity> activity(Connection connection, int pid, boolean withQueries) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(ACTIVITY)) {
			statement.setInt(1, pid);
			statement.setBoolean(2, withQueries);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? Optional.of(activity(row)) : Optional.empty();
			}
		}
	}

	private static SessionActivity activity(ResultSet row) throws SQLException {
		String query = row.getString("current_query");
		String waitsFor = row.getString("waits_for");
		ServerProgress progress = ServerProgressRows.read(row);
		List<ServerSession> blockers = new ArrayList<>();
		if (row.getString("blocker") != null) {
			do {
				blockers.add(blocker(row));
			}
			while (row.next());
		}
		return new SessionActivity(query, waitsFor, blockers, progress);
	}

	private static ServerSession blocker(ResultSet row) throws SQLException {
		return (row.getString("kind") != null) ? ServerSessionRows.read(row)
				: ServerSessionRows.unknown(row.getInt("blocker"));
	}

	/**
	 * Return who may have been in the way of a statement, when nobody watched while it
	 * waited: the other sessions that hold a lock on a relation whose name occurs in the
	 * statement.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param sql the text of the statement
	 * @param withQueries whether to ask for their queries
	 * @return the sessions, those with the oldest transactions first
	 * @throws SQLException if the query fails
	 */
	public List<ServerSession> candidates(Connection connection, String sql, boolean withQueries) throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		return statements.query(CANDIDATES, ServerSessionRows::read, statements.texts(names(sql)), withQueries);
	}

	/**
	 * Return the other sessions that hold a lock on a table, or on what belongs to it.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param table the name with its schema, quoted where needed
	 * @param withQueries whether to ask for their queries
	 * @return the sessions, those with the oldest transactions first
	 * @throws SQLException if the query fails
	 */
	List<ServerSession> holders(Connection connection, String table, boolean withQueries) throws SQLException {
		return new StatementRunner(connection).query(HOLDERS_OF_ONE, ServerSessionRows::read, table, withQueries);
	}

	private static Set<String> names(String sql) {
		String text = sql.substring(0, Math.min(sql.length(), NAMES_WITHIN));
		Set<String> names = new LinkedHashSet<>();
		for (Pattern pattern : NAMES) {
			Matcher matcher = pattern.matcher(text);
			while (matcher.find()) {
				names.add(matcher.group());
				names.add(matcher.group().toLowerCase(Locale.ROOT));
			}
		}
		return names;
	}

	/**
	 * Return how long a session waits for a lock before PostgreSQL looks for a deadlock,
	 * which is also when it cancels an autovacuum worker that is in the way.
	 * @param connection the connection of the session
	 * @return the time
	 * @throws SQLException if the query fails
	 */
	public Duration deadlockTimeout(Connection connection) throws SQLException {
		return new StatementRunner(connection).queryOne(DEADLOCK_TIMEOUT, (row) -> Duration.ofMillis(row.getLong(1)));
	}

}
