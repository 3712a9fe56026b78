package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

import io.veza.migrations.sql.StatementRunner;
import io.veza.migrations.status.AffectedTable;

/**
 * Reads from PostgreSQL how large tables are, and who works with them.
 */
public final class TableInspector {

	/**
	 * A partitioned table is as large as its partitions. To measure a table that somebody
	 * has locked against everybody would wait for that session.
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

	private final SessionActivityInspector sessions = new SessionActivityInspector();

	/**
	 * Read the sizes of tables, and the sessions that hold locks on them.
	 * @param connection the connection to ask on
	 * @param names their names with schemas, quoted where needed
	 * @param withQueries whether to ask for the queries of sessions
	 * @return those that exist
	 * @throws SQLException if a query fails
	 */
	public List<AffectedTable> inspect(Connection connection, Collection<String> names, boolean withQueries)
			throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		return statements.query(INSPECT, (row) -> {
			String name = row.getString("name");
			return new AffectedTable(name, row.getObject("bytes", Long.class), row.getObject("rows", Long.class),
					this.sessions.holders(connection, name, withQueries));
		}, statements.texts(names));
	}

}
