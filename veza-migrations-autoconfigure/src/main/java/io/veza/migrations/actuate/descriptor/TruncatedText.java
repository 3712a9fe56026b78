package io.veza.migrations.actuate.descriptor;

/**
 * SQL that is shown: at most 256 KB (counted in characters), so that no file makes an
 * answer of any size.
 *
 * @param text the text or its beginning
 * @param truncated whether something is left out
 */
record TruncatedText(String text, boolean truncated) {

	static final int LIMIT = 256 * 1024;

	static TruncatedText of(String text) {
		return of(text, LIMIT);
	}

	static TruncatedText of(String text, int limit) {
		if (text.length() <= limit) {
			return new TruncatedText(text, false);
		}
		boolean splitsPair = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
		return new TruncatedText(text.substring(0, splitsPair ? limit - 1 : limit), true);
	}

}
