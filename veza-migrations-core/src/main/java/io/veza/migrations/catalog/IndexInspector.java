package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.veza.migrations.ServerSession;
import io.veza.migrations.sql.StatementRunner;

/**
 * Asks PostgreSQL about indexes: which there are, which are invalid, and whether somebody
 * still works on them. Names are given as SQL writes them, and found as SQL finds them in
 * the session of the connection.
 */
public final class IndexInspector {

	private static final String INVALID = """
			SELECT i.indexrelid
			FROM pg_catalog.pg_index i
			JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			WHERE NOT i.indisvalid AND c.relkind = 'i'
			ORDER BY i.indexrelid""";

	private static final String OF_TABLE = """
			SELECT i.indexrelid
			FROM pg_catalog.pg_index i
			WHERE i.indrelid IN (
				SELECT pg_catalog.unnest(ARRAY[t.oid, t.reltoastrelid])
				FROM pg_catalog.pg_class t
				WHERE t.oid = pg_catalog.to_regclass(?))
			ORDER BY i.indexrelid""";

	/**
	 * CONCURRENTLY keeps a lock on the table from before others can see its index until
	 * it ends. Readers and writers have locks on the index too, even on an invalid one,
	 * but weaker ones.
	 */
	private static final String STATES = """
			SELECT c.oid, n.nspname, c.relname, pg_catalog.format('%%I.%%I', n.nspname, c.relname) AS qualified_name,
				i.indisvalid,
				(
					SELECT k.conname
					FROM pg_catalog.pg_constraint k
					WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')
				) AS constraint_name,
				s.*
			FROM pg_catalog.pg_index i
			JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN LATERAL (
				SELECT worker.*
				FROM (
					%s
					WHERE a.pid <> pg_catalog.pg_backend_pid()
						AND a.pid IN (
							SELECT l.pid
							FROM pg_catalog.pg_locks l
							WHERE l.locktype = 'relation'
								AND l.relation IN (i.indrelid, i.indexrelid)
								AND l.granted
								AND l.database = (
									SELECT d.oid
									FROM pg_catalog.pg_database d
									WHERE d.datname = pg_catalog.current_database())
								AND (l.mode = 'ShareUpdateExclusiveLock' OR (l.relation = i.indexrelid
									AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock'))))
				) worker
				WHERE worker.kind = 'CLIENT'
				ORDER BY worker.age_ms DESC NULLS LAST, worker.pid
				LIMIT 1
			) s ON TRUE
			WHERE\s""".formatted(ServerSessionRows.SESSIONS);

	private static final String BY_OID = STATES + "c.oid = ANY (?) ORDER BY c.oid";

	private static final String BY_NAME = STATES + "c.oid = pg_catalog.to_regclass(?)";

	/** CREATE INDEX puts an index into the schema of its table. */
	private static final String BY_NAME_AND_TABLE = STATES + """
			c.relname = (
				SELECT part.name[pg_catalog.array_upper(part.name, 1)]::name
				FROM pg_catalog.parse_ident(?) part (name))
				AND i.indrelid = pg_catalog.to_regclass(?)""";

	/**
	 * Return the invalid indexes of the database, TOAST indexes included. Those of
	 * partitioned tables do not count: they are invalid until each partition has one.
	 * @param connection the connection to ask on
	 * @return their object identifiers
	 * @throws SQLException if the query fails
	 */
	public Set<Long> invalidIndexes(Connection connection) throws SQLException {
		return oids(connection, INVALID);
	}

	/**
	 * Return the indexes of a table and of its TOAST table.
	 * @param connection the connection to ask on
	 * @param table the table
	 * @return their object identifiers, empty if there is no such table
	 * @throws SQLException if the query fails
	 */
	public Set<Long> indexesOf(Connection connection, String table) throws SQLException {
		return oids(connection, OF_TABLE, table);
	}

	private static Set<Long> oids(Connection connection, String query, Object... values) throws SQLException {
		return new LinkedHashSet<>(new StatementRunner(connection).query(query, (row) -> row.getLong(1), values));
	}

	/**
	 * Return what is known about indexes.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param oids the object identifiers of the indexes
	 * @return those that exist
	 * @throws SQLException if the query fails
	 */
	public List<IndexActivity> states(Connection connection, Collection<Long> oids) throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		return statements.query(BY_OID, IndexInspector::activity, false, statements.oids(oids));
	}

	/**
	 * Find an index as DROP INDEX and REINDEX INDEX find it.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param index the index
	 * @return the index, if there is one
	 * @throws SQLException if the query fails
	 */
	public Optional<IndexActivity> find(Connection connection, String index) throws SQLException {
		return first(connection, BY_NAME, index);
	}

	/**
	 * Find an index of a table as CREATE INDEX names it.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param index the index
	 * @param table its table
	 * @return the index, if the table has it
	 * @throws SQLException if the query fails
	 */
	public Optional<IndexActivity> find(Connection connection, String index, String table) throws SQLException {
		return first(connection, BY_NAME_AND_TABLE, index, table);
	}

	private static Optional<IndexActivity> first(Connection connection, String query, String... names)
			throws SQLException {
		Object[] values = Stream.concat(Stream.of(false), Stream.of(names)).toArray();
		return new StatementRunner(connection).query(query, IndexInspector::activity, values).stream().findFirst();
	}

	private static IndexActivity activity(ResultSet row) throws SQLException {
		ServerSession worker = (row.getString("kind") != null) ? ServerSessionRows.read(row) : null;
		return new IndexActivity(row.getLong("oid"), row.getString("nspname"), row.getString("relname"),
				row.getString("qualified_name"), row.getBoolean("indisvalid"), row.getString("constraint_name"),
				worker);
	}

}
