package io.veza.migrations.rehearsal.findings.convention;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The naming convention of the guide, and names that follow it.
 */
final class NamingConvention {

	/** The bytes that PostgreSQL keeps of a name. */
	private static final int MAX_BYTES = 63;

	private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

	private static final Pattern UNQUOTED = Pattern.compile("[a-z_][a-z0-9_$]*");

	private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

	private NamingConvention() {
	}

	static boolean isSnakeCase(String name) {
		return SNAKE_CASE.matcher(name).matches();
	}

	/**
	 * Return whether SQL has to write a name in quotes, unless it is a word of SQL.
	 * @param name the name
	 * @return whether it has to
	 */
	static boolean needsQuotes(String name) {
		return !UNQUOTED.matcher(name).matches();
	}

	/**
	 * Return a name in lower case with underscores between its words.
	 * @param name the name
	 * @param otherwise what comes first if the name has no letter to begin with
	 * @return the name
	 */
	static String snakeCase(String name, String otherwise) {
		String words = WORD.matcher(Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", ""))
			.replaceAll("_")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^a-z0-9]+", "_")
			.replaceAll("^_|_$", "");
		if (words.isEmpty()) {
			return otherwise;
		}
		return Character.isDigit(words.charAt(0)) ? otherwise + "_" + words : words;
	}

	/**
	 * Return the name that the guide gives to an index or to something unique.
	 * @param prefix {@code idx} or {@code unique}
	 * @param table the table
	 * @param columns the columns
	 * @return the name, not too long
	 */
	static String conventional(String prefix, String table, List<String> columns) {
		return cut(prefix + "_" + snakeCase(table, "table") + "_" + snakeCase(String.join("_", columns), "columns"));
	}

	/**
	 * Return whether a name begins as the guide says, and goes on if it can.
	 * @param name the name
	 * @param prefix {@code idx} or {@code unique}
	 * @param table the table
	 * @return whether it does
	 */
	static boolean beginsWith(String name, String prefix, String table) {
		return begins(name, prefix + "_" + table + "_") || begins(name, prefix + "_" + snakeCase(table, "table") + "_");
	}

	private static boolean begins(String name, String start) {
		return name.startsWith(cut(start)) && (name.length() > start.length() || bytes(start) >= MAX_BYTES);
	}

	static boolean isTooLong(String name) {
		return bytes(name) > MAX_BYTES;
	}

	private static String cut(String name) {
		String cut = name;
		while (bytes(cut) > MAX_BYTES) {
			cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
		}
		return cut;
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
