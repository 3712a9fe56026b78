package io.veza.migrations.rehearsal.observe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that PostgreSQL gives to indexes and constraints that a statement does not
 * name: the table, the columns and a label, joined by underscores. Table and columns are
 * shortened in turn where they are too long, and a number follows the label where the
 * name is taken.
 */
final class GeneratedObjectNames {

	/** The bytes that PostgreSQL keeps of a name. */
	private static final int MAX_BYTES = 63;

	private static final Pattern END = Pattern.compile("_([a-z]+[0-9]*)$");

	private GeneratedObjectNames() {
	}

	/**
	 * Return whether PostgreSQL chooses such a name.
	 * @param name the name
	 * @param table the table
	 * @param columns the columns that it would put into the name
	 * @param label what it would put behind them, such as {@code idx}
	 * @return whether it does
	 */
	static boolean isGenerated(String name, String table, List<String> columns, String label) {
		Matcher end = END.matcher(name);
		if (!end.find() || !end.group(1).matches(label + "[0-9]*")) {
			return false;
		}
		return name.equals(generate(table, String.join("_", columns), end.group(1)));
	}

	private static String generate(String table, String columns, String label) {
		int available = MAX_BYTES - label.length() - 1 - (columns.isEmpty() ? 0 : 1);
		int ofTable = bytes(table);
		int ofColumns = bytes(columns);
		while (ofTable + ofColumns > available) {
			if (ofTable > ofColumns) {
				ofTable--;
			}
			else {
				ofColumns--;
			}
		}
		String start = cut(table, ofTable);
		return columns.isEmpty() ? start + "_" + label : start + "_" + cut(columns, ofColumns) + "_" + label;
	}

	private static String cut(String text, int maxBytes) {
		int end = text.length();
		while (bytes(text.substring(0, end)) > maxBytes) {
			end = text.offsetByCodePoints(end, -1);
		}
		return text.substring(0, end);
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
