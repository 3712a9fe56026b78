package io.veza.migrations.source.text;

/**
 * A scanner of the operators of PostgreSQL, which are made of signs.
 */
final class SqlOperatorScanner {

	private static final String SIGNS = "~!@#^&|`?+-*/%<>=";

	/** An operator with one of these may end with a plus or a minus. */
	private static final String LONG = "~!@#^&|`?%";

	private SqlOperatorScanner() {
	}

	/**
	 * Return the length of an operator by the rule of PostgreSQL: as many signs as there
	 * are up to a comment, but a plus or minus at the end only counts after certain
	 * others, so that {@code a=-1} has two operators.
	 * @param first the first sign, which was read already
	 * @param source the text behind it
	 * @return the length with the first sign
	 */
	static int length(int first, SourceTextCursor source) {
		boolean withLong = isLong(first);
		int last = first;
		int length = 1;
		int shortened = 1;
		while (length < SourceTextCursor.LOOKAHEAD) {
			int c = source.peek(length - 1);
			int after = source.peek(length);
			if (!isSign(c) || (c == '-' && after == '-') || (c == '/' && after == '*')) {
				break;
			}
			last = c;
			length++;
			withLong |= isLong(c);
			shortened = (c == '+' || c == '-') ? shortened : length;
		}
		boolean sign = (last == '+' || last == '-');
		return (sign && !withLong) ? shortened : length;
	}

	static boolean isSign(int c) {
		return c != SourceTextCursor.END && SIGNS.indexOf(c) >= 0;
	}

	private static boolean isLong(int c) {
		return LONG.indexOf(c) >= 0;
	}

}
