package io.veza.migrations.backup.copy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.StatementRunner;

/**
 * Reads what has to be known about tables to copy them.
 */
final class SourceTableReader {

	private static final String TABLES = """
			SELECT c.oid, n.nspname, c.relname, rn.nspname AS root_schema, r.relname AS root_name,
				pg_catalog.pg_table_size(c.oid) AS bytes, c.reltuples::bigint AS estimate,
				CASE WHEN c.reltoastrelid <> 0 THEN pg_catalog.pg_relation_size(c.reltoastrelid) ELSE 0 END AS long_bytes
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_class r ON c.relispartition AND r.oid = pg_catalog.pg_partition_root(c.oid)
			LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
			WHERE c.oid IN (%s)
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
			WHERE a.attrelid IN (%s) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
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
			WHERE i.indrelid IN (%s) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
				AND k.usable
			ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid""";

	private final StatementRunner statements;

	SourceTableReader(StatementRunner statements) {
		this.statements = statements;
	}

	/**
	 * Read tables.
	 * @param oids their object identifiers
	 * @return the tables that exist
	 * @throws SQLException if a query fails
	 */
	List<SourceTable> read(Collection<Long> oids) throws SQLException {
		if (oids.isEmpty()) {
			return List.of();
		}
		String list = oids.stream().map(String::valueOf).collect(Collectors.joining(", "));
		return this.statements.read(DatabaseRead.of(COLUMNS.formatted(list), SourceTableReader::columns)
			.and(DatabaseRead.of(KEYS.formatted(list), SourceTableReader::keys), TableDetails::new)
			.and(DatabaseRead.list(TABLES.formatted(list), SourceTableReader::table),
					(details, tables) -> tables.stream().map(details::with).toList()));
	}

	private static Map<Long, List<SourceColumn>> columns(ResultSet row) throws SQLException {
		Map<Long, List<SourceColumn>> columns = new HashMap<>();
		while (row.next()) {
			columns.computeIfAbsent(row.getLong("attrelid"), (oid) -> new ArrayList<>())
				.add(new SourceColumn(row.getInt("attnum"), row.getString("attname"), row.getString("type"),
						row.getBoolean("built_in"), row.getBoolean("built_in_collation"),
						row.getObject("avg_width", Integer.class)));
		}
		return columns;
	}

	private static Map<Long, List<List<Integer>>> keys(ResultSet row) throws SQLException {
		Map<Long, List<List<Integer>>> keys = new HashMap<>();
		while (row.next()) {
			keys.computeIfAbsent(row.getLong("indrelid"), (oid) -> new ArrayList<>())
				.add(StatementRunner.numbers(row, "numbers"));
		}
		return keys;
	}

	private static SourceTable table(ResultSet row) throws SQLException {
		return new SourceTable(row.getLong("oid"), row.getString("nspname"), row.getString("relname"),
				row.getString("root_schema"), row.getString("root_name"), row.getLong("bytes"),
				row.getLong("long_bytes"), row.getLong("estimate"), List.of(), List.of());
	}

	/**
	 * The columns and keys of tables.
	 *
	 * @param columns the columns by table
	 * @param keys the numbers of the columns of the keys by table
	 */
	private record TableDetails(Map<Long, List<SourceColumn>> columns, Map<Long, List<List<Integer>>> keys) {

		SourceTable with(SourceTable table) {
			return table.with(this.columns.getOrDefault(table.oid(), List.of()),
					this.keys.getOrDefault(table.oid(), List.of()));
		}

	}

}
