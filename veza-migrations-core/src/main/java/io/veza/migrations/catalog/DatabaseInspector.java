package io.veza.migrations.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads the facts about a database, its schema and the history tables, in one query.
 */
public final class DatabaseInspector {

	/** The unit separator, which no name in the list that the query makes contains. */
	private static final String SEPARATOR = "\u001f";

	/**
	 * {@code OFFSET 0} has the index asked for one table instead of all dependencies
	 * read.
	 */
	private static final String INSPECT = """
			WITH wanted AS (
				SELECT coalesce(%s::text, current_schema()) AS schema, %s::text[] AS tables
			), target AS (
				SELECT wanted.schema, wanted.tables, n.oid AS schema_oid
				FROM wanted LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema
			)
			SELECT current_database() AS database,
				target.schema AS schema,
				target.schema_oid IS NOT NULL AS schema_exists,
				NOT EXISTS (
					SELECT 1
					FROM pg_catalog.pg_class c
					WHERE c.relnamespace = target.schema_oid
						AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
						AND c.relname <> ALL (target.tables)
						AND NOT EXISTS (
							SELECT 1
							FROM pg_catalog.pg_depend d
							WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
							OFFSET 0)
				) AS schema_empty,
				pg_backend_pid() AS pid,
				current_user AS user_name,
				current_setting('server_version') AS version,
				current_setting('server_version_num')::int AS version_number,
				host(inet_server_addr()) AS host,
				pg_is_in_recovery() AS standby,
				ARRAY(
					SELECT concat_ws(chr(31), c.relname, a.attname, format_type(a.atttypid, NULL))
					FROM pg_catalog.pg_class c
					LEFT JOIN pg_catalog.pg_attribute a
						ON c.relkind IN ('r', 'p') AND a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
					WHERE c.relnamespace = target.schema_oid AND c.relname = ANY (target.tables)
				) AS columns
			FROM target""";

	/**
	 * Return the read of the facts about a database.
	 * @param schema the schema of the tables, {@code null} for the current one
	 * @param tables the names of the tables
	 * @return the read
	 */
	public DatabaseRead<DatabaseFacts> facts(@Nullable String schema, List<String> tables) {
		String names = tables.stream().map(SqlQuoting::literal).collect(Collectors.joining(", ", "ARRAY[", "]"));
		return DatabaseRead.of(INSPECT.formatted(SqlQuoting.literal(schema), names), DatabaseInspector::facts);
	}

	private static DatabaseFacts facts(ResultSet row) throws SQLException {
		row.next();
		return new DatabaseFacts(row.getString("database"), row.getString("schema"), row.getBoolean("schema_exists"),
				row.getBoolean("schema_empty"), row.getInt("pid"), row.getString("user_name"), row.getString("version"),
				row.getInt("version_number"), row.getString("host"), row.getBoolean("standby"),
				pooled(row.getStatement().getConnection(), row.getInt("pid")), columns(row.getArray("columns")));
	}

	private static boolean pooled(Connection connection, int backendPid) throws SQLException {
		return connection.isWrapperFor(PGConnection.class)
				&& connection.unwrap(PGConnection.class).getBackendPID() != backendPid;
	}

	private static Map<String, Map<String, String>> columns(Array lines) throws SQLException {
		Map<String, Map<String, String>> tables = new HashMap<>();
		for (String line : (String[]) lines.getArray()) {
			String[] parts = line.split(SEPARATOR, -1);
			Map<String, String> columns = tables.computeIfAbsent(parts[0], (table) -> new HashMap<>());
			if (parts.length == 3) {
				columns.put(parts[1], parts[2]);
			}
		}
		return tables;
	}

}
