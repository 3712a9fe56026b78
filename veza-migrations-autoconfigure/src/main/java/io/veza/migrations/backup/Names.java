package io.veza.migrations.backup;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Writes names as SQL and as messages have them.
 */
final class Names {

	/** The bytes that PostgreSQL keeps of a name. */
	private static final int MAX_BYTES = 63;

	private Names() {
	}

	static String quoted(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	static String qualified(String schema, String name) {
		return quoted(schema) + "." + quoted(name);
	}

	/**
	 * Return names for a message.
	 * @param names the names
	 * @return each in quotes
	 */
	static String listed(Collection<String> names) {
		return names.stream().map((name) -> '"' + name + '"').collect(Collectors.joining(", "));
	}

	/**
	 * Return a name that is not too long.
	 * @param start its start, which is cut
	 * @param end its end, which is not
	 * @return the name
	 */
	static String shortened(String start, String end) {
		String cut = start;
		while (cut.getBytes(StandardCharsets.UTF_8).length + end.length() > MAX_BYTES) {
			cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
		}
		return cut + end;
	}

}
