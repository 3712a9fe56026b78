package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.ServerSession;

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
			WHERE\s""".formatted(SessionRows.SESSIONS);

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
		try (PreparedStatement statement = connection.prepareStatement(INVALID)) {
			return oids(statement);
		}
	}

	/**
	 * Return the indexes of a table and of its TOAST table.
	 * @param connection the connection to ask on
	 * @param table the table
	 * @return their object identifiers, empty if there is no such table
	 * @throws SQLException if the query fails
	 */
	public Set<Long> indexesOf(Connection connection, String table) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(OF_TABLE)) {
			statement.setString(1, table);
			return oids(statement);
		}
	}

	private static Set<Long> oids(PreparedStatement statement) throws SQLException {
		Set<Long> oids = new LinkedHashSet<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				oids.add(row.getLong(1));
			}
		}
		return oids;
	}

	/**
	 * Return what is known about indexes.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param oids the object identifiers of the indexes
	 * @return those that exist
	 * @throws SQLException if the query fails
	 */
	public List<IndexState> states(Connection connection, Collection<Long> oids) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(BY_OID)) {
			statement.setBoolean(1, false);
			statement.setArray(2, connection.createArrayOf("oid", oids.toArray()));
			return states(statement);
		}
	}

	/**
	 * Find an index as DROP INDEX and REINDEX INDEX find it.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param index the index
	 * @return the index, if there is one
	 * @throws SQLException if the query fails
	 */
	public Optional<IndexState> find(Connection connection, String index) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
			statement.setBoolean(1, false);
			statement.setString(2, index);
			return states(statement).stream().findFirst();
		}
	}

	/**
	 * Find an index of a table as CREATE INDEX names it.
	 * @param connection the connection to ask on, its own locks do not count
	 * @param index the index
	 * @param table its table
	 * @return the index, if the table has it
	 * @throws SQLException if the query fails
	 */
	public Optional<IndexState> find(Connection connection, String index, String table) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(BY_NAME_AND_TABLE)) {
			statement.setBoolean(1, false);
			statement.setString(2, index);
			statement.setString(3, table);
			return states(statement).stream().findFirst();
		}
	}

	private static List<IndexState> states(PreparedStatement statement) throws SQLException {
		List<IndexState> states = new ArrayList<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				ServerSession worker = (row.getString("kind") != null) ? SessionRows.read(row) : null;
				states.add(new IndexState(row.getLong("oid"), row.getString("nspname"), row.getString("relname"),
						row.getString("qualified_name"), row.getBoolean("indisvalid"), row.getString("constraint_name"),
						worker));
			}
		}
		return states;
	}

}
