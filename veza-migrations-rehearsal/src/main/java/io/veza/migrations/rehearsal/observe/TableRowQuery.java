package io.veza.migrations.rehearsal.observe;

import java.util.List;

import io.veza.migrations.sql.SqlQuoting;

/**
 * The queries that read the rows of one table.
 *
 * @param name the table with its schema, as SQL writes it
 * @param columns its columns in the order of their names
 * @param keyColumns the columns of its primary key
 */
record TableRowQuery(String name, List<String> columns, List<String> keyColumns) {

	private static final String ROWS = """
			(SELECT %d AS source, s.key, pg_catalog.hashtextextended(s.value COLLATE "C", 1) AS first,
				pg_catalog.hashtextextended(s.value COLLATE "C", 2) AS second
			FROM (
				SELECT %s AS key, pg_catalog.concat(%s, %s::text) AS value
				FROM ONLY %s t
				LIMIT %d) s)""";

	private static final String SUM = """
			SELECT pg_catalog.count(*) AS count,
				pg_catalog.sum(pg_catalog.hashtextextended(s.value COLLATE "C", 1)::numeric) * 18446744073709551616
					+ pg_catalog.sum(pg_catalog.hashtextextended(s.value COLLATE "C", 2)::numeric) AS digest
			FROM (SELECT pg_catalog.concat(%s, %s::text) AS value FROM ONLY %s t OFFSET 0) s""";

	/**
	 * Return the query for the digest of each row.
	 * @param number tells its rows from those of other tables
	 * @param limit how many rows are read
	 * @return the SQL
	 */
	String rows(int number, int limit) {
		String key = switch (this.keyColumns.size()) {
			case 0 -> "pg_catalog.left(" + row(this.columns) + "::text, 100)";
			case 1 -> this.keyColumns.get(0) + "::text";
			default -> row(this.keyColumns) + "::text";
		};
		return ROWS.formatted(number, key, names(), row(this.columns), this.name, limit);
	}

	/**
	 * Return the query for the number of rows and the sum of their digests.
	 * @return the SQL
	 */
	String sum() {
		return SUM.formatted(names(), row(this.columns), this.name);
	}

	private String names() {
		return SqlQuoting.literal(String.join(",", this.columns));
	}

	private static String row(List<String> columns) {
		return "ROW(" + String.join(", ", columns) + ")";
	}

}
