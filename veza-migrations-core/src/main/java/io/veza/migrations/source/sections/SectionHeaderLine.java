package io.veza.migrations.source.sections;

import org.jspecify.annotations.Nullable;

/**
 * A comment of the form {@code -- Key: value}.
 *
 * @param key the text before the colon
 * @param value the text behind it
 */
record SectionHeaderLine(String key, String value) {

	private static final int DASHES = "--".length();

	/**
	 * Read a comment.
	 * @param comment the comment from its dashes on
	 * @return the line, {@code null} if the comment has another form
	 */
	static @Nullable SectionHeaderLine of(String comment) {
		int colon = comment.indexOf(':', DASHES);
		return (colon != -1)
				? new SectionHeaderLine(comment.substring(DASHES, colon).strip(), comment.substring(colon + 1).strip())
				: null;
	}

	boolean hasKey(String key) {
		return this.key.equalsIgnoreCase(key);
	}

}
