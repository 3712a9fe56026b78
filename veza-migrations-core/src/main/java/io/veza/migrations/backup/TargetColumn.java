package io.veza.migrations.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, beside the column of a backup that holds values of it. In SQL the
 * table is {@code t} and the backup is {@code b}.
 *
 * @param kept its name in the backup
 * @param name its name in the table, {@code null} if it has none that can be written
 * @param type its type without a modifier
 * @param asText whether the backup holds texts of its values
 * @param collatable whether its values have a collation
 * @param alwaysIdentity whether values of it cannot be written just so
 */
public record TargetColumn(String kept, @Nullable String name, @Nullable String type, boolean asText,
		boolean collatable, boolean alwaysIdentity) {

	private static final String READ = """
			SELECT k.attname AS kept, a.attname AS name, pg_catalog.format_type(a.atttypid, -1) AS type,
				k.atttypid <> a.atttypid AND k.atttypid = 'pg_catalog.text'::regtype AS as_text,
				t.typcollation <> 0 AS collatable, a.attidentity = 'a' AS always_identity
			FROM pg_catalog.pg_attribute k
			LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = CAST(? AS oid) AND a.attnum > 0 AND NOT a.attisdropped
				AND a.attgenerated = '' AND CASE WHEN ? THEN a.attnum = (CAST(? AS int[]))[k.attnum]
					ELSE a.attname = k.attname END
			LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			WHERE k.attrelid = CAST(? AS regclass) AND k.attnum > 0
			ORDER BY k.attnum""";

	/**
	 * Read the columns of a table that have the names of those of a backup.
	 * @param statements where
	 * @param oid the table
	 * @param backup the backup
	 * @return the columns in the order of the backup
	 * @throws SQLException if the query fails
	 */
	public static List<TargetColumn> named(StatementRunner statements, long oid, String backup) throws SQLException {
		return statements.query(READ, TargetColumn::read, oid, false, null, backup);
	}

	/**
	 * Read the columns of a table that had the names of those of a backup when it was
	 * made.
	 * @param statements where
	 * @param oid the table
	 * @param numbers the numbers of the columns that were copied
	 * @param backup the backup
	 * @return the columns in the order of the backup
	 * @throws SQLException if the query fails
	 */
	public static List<TargetColumn> numbered(StatementRunner statements, long oid, List<Integer> numbers,
			String backup) throws SQLException {
		return statements.query(READ, TargetColumn::read, oid, true, statements.numbers(numbers), backup);
	}

	private static TargetColumn read(ResultSet row) throws SQLException {
		return new TargetColumn(row.getString("kept"), row.getString("name"), row.getString("type"),
				row.getBoolean("as_text"), row.getBoolean("collatable"), row.getBoolean("always_identity"));
	}

	/**
	 * Return the quoted name of the column.
	 * @return the SQL
	 */
	public String quoted() {
		return SqlQuoting.identifier(String.valueOf(this.name));
	}

	/**
	 * Return the value of the table as the backup holds it.
	 * @return the SQL
	 */
	public String image() {
		return this.asText ? asText("t." + quoted()) : "t." + quoted();
	}

	/**
	 * Return the text of a value as its type writes it. A cast could be a function of
	 * somebody else, and a composite value of nulls only is not null.
	 * @param value the SQL of the value
	 * @return the SQL of the text
	 */
	public static String asText(String value) {
		return "CASE WHEN pg_catalog.num_nulls(%1$s) OPERATOR(pg_catalog.=) 0 THEN pg_catalog.format('%%s', %1$s) END"
			.formatted(value);
	}

	/**
	 * Return the value of the backup.
	 * @return the SQL
	 */
	public String keptImage() {
		return "b." + SqlQuoting.identifier(this.kept);
	}

	/**
	 * Return the value of the backup as the table takes it.
	 * @return the SQL
	 */
	public String value() {
		return this.asText ? "CAST(%s AS %s)".formatted(keptImage(), this.type) : keptImage();
	}

	/**
	 * Return the condition that both hold the same value. Collations could differ, or
	 * take different values for the same.
	 * @return the SQL
	 */
	String matches() {
		String collation = (this.collatable || this.asText) ? " COLLATE pg_catalog.\"C\"" : "";
		return "(%s)%s OPERATOR(pg_catalog.=) %s%s".formatted(image(), collation, keptImage(), collation);
	}

	/**
	 * Return the condition that a row of the table and one of the backup belong together.
	 * @param columns the columns of the table
	 * @param key the names of those by which rows are found
	 * @return the SQL
	 */
	public static String join(List<TargetColumn> columns, List<String> key) {
		return columns.stream()
			.filter((column) -> key.contains(column.kept()))
			.map(TargetColumn::matches)
			.collect(Collectors.joining(" AND "));
	}

}
