package io.veza.migrations.rehearsal.report;

/**
 * The beginning of a text that may be too long to show.
 */
final class LimitedText {

	private LimitedText() {
	}

	/**
	 * Return the beginning of a text, without half a character at its end.
	 * @param text the text
	 * @param limit how many characters it may have
	 * @return the text or its beginning
	 */
	static String cut(String text, int limit) {
		if (text.length() <= limit) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
	}

}
