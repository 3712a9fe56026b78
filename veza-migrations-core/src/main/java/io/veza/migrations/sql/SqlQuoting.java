package io.veza.migrations.sql;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The quoting of names and values in statements that are sent as text. These share a
 * round trip with the statements of a migration, so that they cannot be prepared.
 */
public final class SqlQuoting {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

	private SqlQuoting() {
	}

	/**
	 * Quote a name.
	 * @param name the name
	 * @return the name as a quoted identifier
	 */
	public static String identifier(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	/**
	 * Quote a name and that of its schema.
	 * @param schema the schema
	 * @param name the name
	 * @return both as quoted identifiers, with a dot between them
	 */
	public static String identifier(String schema, String name) {
		return identifier(schema) + "." + identifier(name);
	}

	/**
	 * Quote a name as PostgreSQL does where people read it: only if that is needed.
	 * @param name the name
	 * @return the name, as a quoted identifier if it is none without quotes
	 */
	public static String identifierIfNeeded(String name) {
		boolean plain = PLAIN.matcher(name).matches() && !SqlKeywords.contains(name);
		return plain ? name : identifier(name);
	}

	/**
	 * Quote a name and that of its schema, each only if that is needed.
	 * @param schema the schema
	 * @param name the name
	 * @return both with a dot between them
	 */
	public static String identifierIfNeeded(String schema, String name) {
		return identifierIfNeeded(schema) + "." + identifierIfNeeded(name);
	}

	/**
	 * Quote a value. The result is an escape string, which means the same whatever a
	 * migration has done to {@code standard_conforming_strings}.
	 * @param value the value
	 * @return a string constant, or {@code NULL}
	 */
	public static String literal(@Nullable String value) {
		if (value == null) {
			return "NULL";
		}
		return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
	}

}
