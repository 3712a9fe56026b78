package io.veza.migrations.source;

/**
 * What becomes of the characters that were read.
 */
interface TextSink {

	/**
	 * Take some characters; a part may come in several pieces, which never cut a
	 * surrogate pair.
	 * @param part what they belong to
	 * @param chars the array that holds them
	 * @param from the first one
	 * @param to the one after the last one
	 */
	void append(Part part, char[] chars, int from, int to);

	/**
	 * Note that a part is complete.
	 * @param part what it is
	 */
	default void end(Part part) {
	}

	/**
	 * What characters belong to.
	 */
	enum Part {

		/** White space and comments. */
		GAP,

		/** A token of SQL. */
		TOKEN,

		/** The data of a {@code COPY … FROM STDIN}. */
		DATA

	}

}
