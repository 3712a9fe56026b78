package io.veza.migrations.source.sections;

import io.veza.migrations.source.text.SqlCharacterClasses;
import org.jspecify.annotations.Nullable;

/**
 * A line with which a section of a file begins.
 */
enum SectionMarkerLine {

	/** Before the SQL that is applied. */
	UP,

	/** Before the SQL that takes it back. */
	DOWN;

	private static final int DASHES = "--".length();

	/**
	 * Return the marker as it is written.
	 * @return such as {@code -- UP}
	 */
	String text() {
		return "-- " + name();
	}

	/**
	 * Return the marker that a comment is.
	 * @param comment the comment from its dashes on
	 * @return the marker, {@code null} if it is a comment like any other
	 */
	public static @Nullable SectionMarkerLine of(String comment) {
		return UP.matches(comment) ? UP : (DOWN.matches(comment) ? DOWN : null);
	}

	/**
	 * Return whether a comment is a marker.
	 * @param comment the comment from its dashes on
	 * @return whether a section begins with it
	 */
	static boolean isMarker(String comment) {
		return of(comment) != null;
	}

	private boolean matches(String comment) {
		int start = skipBlanks(comment, DASHES);
		return start > DASHES && startsWithName(comment, start)
				&& skipBlanks(comment, start + name().length()) == comment.length();
	}

	private static int skipBlanks(String comment, int from) {
		int index = from;
		while (index < comment.length() && (comment.charAt(index) == ' ' || comment.charAt(index) == '\t')) {
			index++;
		}
		return index;
	}

	private boolean startsWithName(String text, int from) {
		return text.regionMatches(true, from, name(), 0, name().length());
	}

	/**
	 * Return whether a comment may be meant as this marker.
	 * @param comment the comment from its dashes on
	 * @return whether it is worth a hint
	 */
	boolean resembles(String comment) {
		return endsWithName(comment) && comment
			.matches("(?i)[^\\p{Alnum}]*((goose|migrate|migration)[^\\p{Alnum}]+)?" + name() + "S?[^\\p{Alnum}]*");
	}

	/** Most comments need no look at the pattern. */
	private boolean endsWithName(String comment) {
		int end = comment.length();
		while (end > 0 && !isAlphanumeric(comment.charAt(end - 1))) {
			end--;
		}
		return startsWithName(comment, end - name().length()) || startsWithName(comment, end - name().length() - 1);
	}

	private static boolean isAlphanumeric(char c) {
		return SqlCharacterClasses.isLetter(c) || SqlCharacterClasses.isDigit(c);
	}

}
