package io.veza.migrations.sql;

import org.jspecify.annotations.Nullable;

/**
 * The text that shows a place in a file: {@code file:line:column}, the source line and a
 * caret.
 */
public final class SourceExcerpt {

	private static final int WIDTH = 120;

	private SourceExcerpt() {
	}

	/**
	 * Return a place in a file as a text.
	 * @param file the file as people know it
	 * @param line the line, from 1; 0 if there is none
	 * @param column the column, from 1; 0 if there is none
	 * @return {@code file:line:column}, as far as these are known
	 */
	public static String locate(String file, int line, int column) {
		if (line == 0) {
			return file;
		}
		return (column == 0) ? file + ":" + line : file + ":" + line + ":" + column;
	}

	/**
	 * Return the line and below it a caret, each on a line of its own, cut around the
	 * caret if the line is long.
	 * @param line the source line, {@code null} for nothing
	 * @param column the column of the caret, in characters from 1, 0 for no caret
	 * @return the excerpt, which begins with a line break, or an empty text
	 */
	public static String show(@Nullable String line, int column) {
		if (line == null) {
			return "";
		}
		int characters = Math.min(Math.max(column - 1, 0), line.codePointCount(0, line.length()));
		int caret = line.offsetByCodePoints(0, characters);
		int from = Math.max(0, caret - WIDTH / 2);
		int to = Math.min(line.length(), from + WIDTH);
		String shown = line.substring(from, to);
		if (column == 0) {
			return "\n  " + shown;
		}
		String before = line.substring(from, caret).replaceAll("[^\t]", " ");
		return "\n  " + shown + "\n  " + before + "^";
	}

}
