package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.sql.SqlQuoting;

/**
 * Reads rows that an UP has inserted and that look like test data. Tables whose rows the
 * session may not all read are left out.
 */
public final class SuspectRowReader {

	/**
	 * What looks like a test, whatever the case: an address at a domain that is reserved
	 * for examples, or of somebody or some place called test; the names that people
	 * invent; filler text and what keyboards make of impatience; a telephone number that
	 * is reserved for films; and a value that is nothing but a placeholder, or that
	 * begins with the word test. Words that only contain "test" are none.
	 */
	static final String PATTERN = String.join("|", "@([a-z0-9-]+\\.)*example\\.(com|org|net)\\M", "\\mtest[0-9]*@",
			"@test\\.", "\\mtest[ _-]?user[0-9]*\\M", "\\m(john|jane) doe\\M", "\\mlorem ipsum\\M", "\\m(asdf|qwerty)",
			"\\mtest[_-]?123", "(^|[^0-9])555[-. ]01[0-9][0-9]($|[^0-9])", "^(foo|bar|baz|foobar)$", "^test( |$)");

	private static final int MAX_PER_TABLE = 5;

	private static final String TEXTS = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, a.attname AS column_name
			FROM pg_catalog.unnest(?::text[]) w (name)
			CROSS JOIN LATERAL pg_catalog.parse_ident(w.name) p (parts)
			JOIN pg_catalog.pg_namespace n ON n.nspname = p.parts[1]
			JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.parts[2]
			JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			WHERE c.relkind IN ('r', 'p')
				AND (t.typcategory = 'S' OR t.oid IN ('pg_catalog.json'::regtype, 'pg_catalog.jsonb'::regtype))
				AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
				AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
				AND NOT pg_catalog.row_security_active(c.oid)
			ORDER BY name, a.attnum""";

	/**
	 * The rows that are looked at are limited, and so is what is looked at of a value.
	 */
	private static final String SUSPECTS = """
			SELECT v.name, pg_catalog.left(v.value, 60) AS value
			FROM (
				SELECT ARRAY[%s]
				FROM %s s
				WHERE pg_catalog.age(s.xmin) <= pg_catalog.age(?::xid)
				LIMIT 10000
			) t (texts)
			CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(t.texts)) v (name, value)
			WHERE pg_catalog.left(v.value, 10000) ~* ?
			LIMIT ?""";

	private SuspectRowReader() {
	}

	/**
	 * Look for rows that look like tests.
	 * @param observer a connection that sees what was committed, outside of a transaction
	 * @param tables the tables, as SQL writes them, with their schemas
	 * @param sinceXid the transaction that was the first one to insert
	 * @return the values, at most five for each table
	 * @throws SQLException if a query fails
	 */
	public static List<SuspectRow> read(Connection observer, Set<String> tables, String sinceXid) throws SQLException {
		if (tables.isEmpty()) {
			return List.of();
		}
		observer.setAutoCommit(false);
		try (Statement statement = observer.createStatement()) {
			statement.execute("SET LOCAL row_security = off");
			List<SuspectRow> suspects = new ArrayList<>();
			for (Map.Entry<String, List<String>> table : texts(observer, tables).entrySet()) {
				suspects.addAll(suspects(observer, table.getKey(), table.getValue(), sinceXid));
			}
			return suspects;
		}
		finally {
			observer.rollback();
			observer.setAutoCommit(true);
		}
	}

	private static Map<String, List<String>> texts(Connection observer, Set<String> tables) throws SQLException {
		try (PreparedStatement statement = observer.prepareStatement(TEXTS)) {
			statement.setArray(1, observer.createArrayOf("text", new TreeSet<>(tables).toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				Map<String, List<String>> columns = new LinkedHashMap<>();
				while (rows.next()) {
					columns.computeIfAbsent(rows.getString("name"), (name) -> new ArrayList<>())
						.add(rows.getString("column_name"));
				}
				return columns;
			}
		}
	}

	private static List<SuspectRow> suspects(Connection observer, String table, List<String> columns, String sinceXid)
			throws SQLException {
		String texts = columns.stream()
			.map((column) -> "s." + SqlQuoting.identifier(column) + "::text")
			.collect(Collectors.joining(", "));
		String query = SUSPECTS.formatted(texts, table);
		try (PreparedStatement statement = observer.prepareStatement(query)) {
			statement.setString(1, sinceXid);
			statement.setArray(2, observer.createArrayOf("text", columns.toArray()));
			statement.setString(3, PATTERN);
			statement.setInt(4, MAX_PER_TABLE);
			try (ResultSet rows = statement.executeQuery()) {
				List<SuspectRow> suspects = new ArrayList<>();
				while (rows.next()) {
					suspects.add(new SuspectRow(table, rows.getString("name"), rows.getString("value")));
				}
				return suspects;
			}
		}
	}

}
