package io.veza.migrations.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what has to be known about tables to copy them.
 */
final class SourceTables {

	private static final String TABLES = """
			SELECT c.oid, n.nspname, c.relname, rn.nspname AS root_schema, r.relname AS root_name,
				pg_catalog.pg_table_size(c.oid) AS bytes, c.reltuples::bigint AS estimate,
				CASE WHEN c.reltoastrelid <> 0 THEN pg_catalog.pg_relation_size(c.reltoastrelid) ELSE 0 END AS long_bytes
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_class r ON c.relispartition AND r.oid = pg_catalog.pg_partition_root(c.oid)
			LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
			WHERE c.oid = ANY (?)
			ORDER BY n.nspname, c.relname""";

	/** Objects with low identifiers are made by initdb and stay. */
	private static final String COLUMNS = """
			SELECT a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, s.avg_width,
				t.typnamespace = 'pg_catalog'::regnamespace AND t.oid < 16384 AND t.typtype IN ('b', 'r', 'm')
					AND t.typname !~ '^_?reg' AS built_in,
				a.attcollation IN (0, 100, 950) AS built_in_collation
			FROM pg_catalog.pg_attribute a
			JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_stats s
				ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
			WHERE a.attrelid = ANY (?) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			ORDER BY a.attrelid, a.attnum""";

	private static final String KEYS = """
			SELECT i.indrelid, k.numbers
			FROM pg_catalog.pg_index i
			CROSS JOIN LATERAL (
				SELECT pg_catalog.array_agg(a.attnum ORDER BY p.n) AS numbers,
					pg_catalog.bool_and(a.attnotnull AND a.attgenerated = '') AS usable
				FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY p (attnum, n)
				LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.attnum
				WHERE p.n <= i.indnkeyatts) k
			WHERE i.indrelid = ANY (?) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
				AND k.usable
			ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid""";

	private final Statements statements;

	SourceTables(Statements statements) {
		this.statements = statements;
	}

	List<SourceTable> read(Collection<Long> oids) throws SQLException {
		Map<Long, List<SourceColumn>> columns = new HashMap<>();
		Map<Long, List<List<Integer>>> keys = new HashMap<>();
		List<SourceTable> tables = new ArrayList<>();
		this.statements.queryTogether(
				List.of(COLUMNS, KEYS, TABLES), List.of(
						(row) -> columns.computeIfAbsent(row.getLong("attrelid"), (oid) -> new ArrayList<>())
							.add(new SourceColumn(row.getInt("attnum"), row.getString("attname"), row.getString("type"),
									row.getBoolean("built_in"), row.getBoolean("built_in_collation"),
									row.getObject("avg_width", Integer.class))),
						(row) -> keys.computeIfAbsent(row.getLong("indrelid"), (oid) -> new ArrayList<>())
							.add(Statements.numbers(row, "numbers")),
						(row) -> tables.add(table(row, columns, keys))),
				this.statements.oids(oids), this.statements.oids(oids), this.statements.oids(oids));
		return tables;
	}

	private static SourceTable table(ResultSet row, Map<Long, List<SourceColumn>> columns,
			Map<Long, List<List<Integer>>> keys) throws SQLException {
		long oid = row.getLong("oid");
		return new SourceTable(oid, row.getString("nspname"), row.getString("relname"), row.getString("root_schema"),
				row.getString("root_name"), row.getLong("bytes"), row.getLong("long_bytes"), row.getLong("estimate"),
				columns.getOrDefault(oid, List.of()), keys.getOrDefault(oid, List.of()));
	}

}
