package io.veza.migrations.sql;

import java.nio.charset.StandardCharsets;

/**
 * The length of a name: PostgreSQL cuts one that is longer.
 */
public final class IdentifierLength {

	private static final int MAX_BYTES = 63;

	private IdentifierLength() {
	}

	/**
	 * Return whether PostgreSQL keeps a name as it is.
	 * @param name the name
	 * @return whether it is short enough
	 */
	public static boolean fits(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
	}

	/**
	 * Return a name that is short enough.
	 * @param start its start, which is cut
	 * @param end its end, which is not
	 * @return the name
	 */
	public static String shortened(String start, String end) {
		String cut = start;
		while (!cut.isEmpty() && !fits(cut + end)) {
			cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
		}
		return cut + end;
	}

}
