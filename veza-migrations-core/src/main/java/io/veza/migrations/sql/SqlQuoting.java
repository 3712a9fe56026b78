package io.veza.migrations.history;

import org.jspecify.annotations.Nullable;

/**
 * Quotes names and values for statements that are sent as text, because they share a
 * flight with the statements of a migration and cannot be prepared.
 */
public final class SqlQuoting {

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
