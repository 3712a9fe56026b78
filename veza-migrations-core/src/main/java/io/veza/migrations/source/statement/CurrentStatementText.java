package io.veza.migrations.source.statement;

import io.veza.migrations.source.text.SourceTextSink;

/**
 * The text of the current statement, from its first token to its last. Its size is always
 * counted; the text itself is kept only where it is needed.
 */
public final class CurrentStatementText implements SourceTextSink {

	/** Bytes that a statement may have in UTF-8. */
	public static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final int USUAL_CAPACITY = 64 * 1024;

	private final boolean kept;

	private StringBuilder text = new StringBuilder();

	private long bytes;

	private final TextExtent last = new TextExtent();

	private final TextExtent lastButOne = new TextExtent();

	private CurrentStatementText(boolean kept) {
		this.kept = kept;
	}

	/**
	 * Return one that only knows the size.
	 * @return the text
	 */
	public static CurrentStatementText measured() {
		return new CurrentStatementText(false);
	}

	/**
	 * Return one that keeps the text of one statement.
	 * @return the text
	 */
	public static CurrentStatementText kept() {
		return new CurrentStatementText(true);
	}

	@Override
	public void append(TextPart part, char[] chars, int from, int to) {
		if (part == TextPart.DATA || (part == TextPart.GAP && this.bytes == 0)) {
			return;
		}
		this.bytes += utf8Length(chars, from, to);
		if (this.kept && this.bytes <= MAX_BYTES) {
			this.text.append(chars, from, to - from);
		}
	}

	@Override
	public void end(TextPart part) {
		if (part == TextPart.TOKEN) {
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

	private TextExtent extent(boolean terminated) {
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
	 * The length of the text at the end of a token.
	 */
	private static final class TextExtent {

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
