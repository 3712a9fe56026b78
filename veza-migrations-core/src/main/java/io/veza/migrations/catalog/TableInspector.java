package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.veza.migrations.ConcernedTable;

/**
 * Asks PostgreSQL how large tables are, and who works with them.
 */
public final class TableInspector {

	/**
	 * A partitioned table is as large as its partitions. To measure a table that somebody
	 * has locked against everybody would wait for him.
	 */
	private static final String INSPECT = """
			SELECT t.name,
				CASE WHEN NOT EXISTS (
					SELECT 1
					FROM pg_catalog.pg_locks l
					WHERE l.mode = 'AccessExclusiveLock' AND l.relation IN (
						SELECT c.oid
						UNION ALL
						SELECT p.relid
						FROM pg_catalog.pg_partition_tree(c.oid) p))
				THEN (SELECT coalesce(pg_catalog.sum(pg_catalog.pg_total_relation_size(p.relid)), 0)
					FROM pg_catalog.pg_partition_tree(c.oid) p)
					+ CASE WHEN c.relkind = 'p' OR c.relispartition THEN 0 ELSE pg_catalog.pg_total_relation_size(c.oid) END
				END::bigint AS bytes,
				CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows
			FROM pg_catalog.unnest(?::text[]) t (name)
			JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(t.name)
			WHERE c.relkind IN ('r', 'p', 'm')
			ORDER BY t.name""";

	private final SessionInspector sessions = new SessionInspector();

	/**
	 * Ask about tables.
	 * @param connection the connection to ask on
	 * @param names their names with schemas, quoted where needed
	 * @param withQueries whether to ask for the queries of sessions
	 * @return those that exist
	 * @throws SQLException if a query fails
	 */
	public List<ConcernedTable> inspect(Connection connection, Collection<String> names, boolean withQueries)
			throws SQLException {
		List<ConcernedTable> tables = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(INSPECT)) {
			statement.setArray(1, connection.createArrayOf("text", names.toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					String name = rows.getString("name");
					tables.add(new ConcernedTable(name, rows.getObject("bytes", Long.class),
							rows.getObject("rows", Long.class), this.sessions.holders(connection, name, withQueries)));
				}
			}
		}
		return tables;
	}

}
