package io.veza.migrations.source;

import java.util.regex.Pattern;

/**
 * The line with which a section of a file begins.
 */
enum Marker {

	/** Before the SQL that is applied. */
	UP,

	/** Before the SQL that takes it back. */
	DOWN;

	private final Pattern line = Pattern.compile("--[ \\t]+" + name() + "[ \\t]*", Pattern.CASE_INSENSITIVE);

	private final Pattern nearMiss = Pattern.compile(
			"[^\\p{Alnum}]*((goose|migrate|migration)[^\\p{Alnum}]+)?" + name() + "S?[^\\p{Alnum}]*",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Return the marker as it is written.
	 * @return such as {@code -- UP}
	 */
	String text() {
		return "-- " + name();
	}

	boolean matches(String comment) {
		return this.line.matcher(comment).matches();
	}

	/**
	 * Return whether a comment may be meant as this marker.
	 * @param comment the comment from its dashes on
	 * @return whether it is worth a hint
	 */
	boolean resembles(String comment) {
		return this.nearMiss.matcher(comment).matches();
	}

}
