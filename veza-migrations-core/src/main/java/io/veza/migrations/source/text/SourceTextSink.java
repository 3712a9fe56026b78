package io.veza.migrations.source.text;

/**
 * A receiver of the characters that are read from a file.
 */
public interface SourceTextSink {

	/**
	 * Receive characters. A part may arrive in several pieces, which never split a
	 * surrogate pair.
	 * @param part the part that they belong to
	 * @param chars the array that holds them
	 * @param from the first one
	 * @param to the one after the last one
	 */
	void append(TextPart part, char[] chars, int from, int to);

	/**
	 * Handle the end of a part.
	 * @param part the part
	 */
	default void end(TextPart part) {
	}

	/**
	 * The part of a file to which characters belong.
	 */
	enum TextPart {

		/** White space and comments. */
		GAP,

		/** A token of SQL. */
		TOKEN,

		/** The data of a {@code COPY … FROM STDIN}. */
		DATA

	}

}
