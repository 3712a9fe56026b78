package io.veza.migrations.source;

/**
 * The text of the statement that is being read, from its first token to its last: its
 * size, and the text itself where it is wanted.
 */
final class StatementText implements TextSink {

	/** Bytes that a statement may have in UTF-8. */
	static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final int USUAL_CAPACITY = 64 * 1024;

	private final boolean kept;

	private StringBuilder text = new StringBuilder();

	private long bytes;

	private final Extent last = new Extent();

	private final Extent lastButOne = new Extent();

	private StatementText(boolean kept) {
		this.kept = kept;
	}

	/**
	 * Return one that only knows the size.
	 * @return the text
	 */
	static StatementText measured() {
		return new StatementText(false);
	}

	/**
	 * Return one that keeps the text of one statement.
	 * @return the text
	 */
	static StatementText kept() {
		return new StatementText(true);
	}

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		if (part == Part.DATA || (part == Part.GAP && this.bytes == 0)) {
			return;
		}
		this.bytes += utf8Length(chars, from, to);
		if (this.kept && this.bytes <= MAX_BYTES) {
			this.text.append(chars, from, to - from);
		}
	}

	@Override
	public void end(Part part) {
		if (part == Part.TOKEN) {
			this.lastButOne.set(this.last.length, this.last.bytes);
			this.last.set(this.text.length(), this.bytes);
		}
	}

	/**
	 * Return whether the statement is larger than a statement may be.
	 * @param terminated whether the last token is the semicolon behind it
	 * @return whether it is too large
	 */
	boolean tooLarge(boolean terminated) {
		return extent(terminated).bytes > MAX_BYTES;
	}

	/**
	 * Return the text.
	 * @param terminated whether the last token is the semicolon behind it
	 * @return the text without that semicolon
	 */
	String sql(boolean terminated) {
		return this.text.substring(0, extent(terminated).length);
	}

	/**
	 * Begin a new statement.
	 */
	void clear() {
		if (this.text.capacity() > USUAL_CAPACITY) {
			this.text = new StringBuilder();
		}
		this.text.setLength(0);
		this.bytes = 0;
		this.last.set(0, 0);
		this.lastButOne.set(0, 0);
	}

	private Extent extent(boolean terminated) {
		return terminated ? this.lastButOne : this.last;
	}

	static int utf8Length(char[] chars, int from, int to) {
		int length = to - from;
		for (int i = from; i < to; i++) {
			char c = chars[i];
			if (c >= 0x80) {
				length += (c < 0x800 || Character.isSurrogate(c)) ? 1 : 2;
			}
		}
		return length;
	}

	/**
	 * How much of the text there was when a token ended.
	 */
	private static final class Extent {

		/** Characters kept. */
		private int length;

		/** Bytes in UTF-8. */
		private long bytes;

		private void set(int length, long bytes) {
			this.length = length;
			this.bytes = bytes;
		}

	}

}
