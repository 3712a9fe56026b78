package io.veza.migrations.source.statement;

import java.io.Reader;

import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.source.text.SourceTextSink.TextPart;

/**
 * A reader of the data of a {@code COPY … FROM STDIN}: the lines between the statement
 * and a line that is {@code \.}.
 */
final class CopyDataReader extends Reader {

	private final SourceTextCursor source;

	private final int statementLine;

	private final int line;

	private boolean atLineStart = true;

	private boolean ended;

	/**
	 * Begin to read behind the semicolon of the statement.
	 * @param source the text
	 * @param statementLine the line of the statement
	 */
	CopyDataReader(SourceTextCursor source, int statementLine) {
		this.source = source;
		this.statementLine = statementLine;
		skipLine();
		this.line = source.line();
		source.begin(TextPart.DATA);
	}

	int line() {
		return this.line;
	}

	@Override
	public int read(char[] target, int from, int length) {
		int count = 0;
		while (count < length && !(count > 0 && count == length - 1 && isPairNext())) {
			int c = next();
			if (c == SourceTextCursor.END) {
				return (count > 0) ? count : -1;
			}
			target[from + count++] = (char) c;
		}
		return count;
	}

	/**
	 * Return whether the next character takes two places: who encodes the characters of
	 * each read by themselves, as pgjdbc does, must not get half of one.
	 */
	private boolean isPairNext() {
		int c = this.source.peek();
		return c != SourceTextCursor.END && Character.isHighSurrogate((char) c);
	}

	/**
	 * Read on to the end of the data.
	 */
	void skipRest() {
		int c = next();
		while (c != SourceTextCursor.END) {
			c = next();
		}
	}

	private int next() {
		if (this.ended) {
			return SourceTextCursor.END;
		}
		if (this.atLineStart && isEndMark()) {
			this.ended = true;
			this.source.end();
			this.source.read();
			this.source.read();
			return SourceTextCursor.END;
		}
		int c = this.source.read();
		if (c == SourceTextCursor.END) {
			throw this.source.invalid(this.statementLine, 0,
					"The data of this COPY … FROM STDIN has no end. Put a line with nothing but \"\\.\" behind the data.");
		}
		this.atLineStart = (c == '\n');
		return c;
	}

	private boolean isEndMark() {
		if (this.source.peek() != '\\' || this.source.peek(1) != '.') {
			return false;
		}
		int after = this.source.peek(2);
		return after == '\n' || after == SourceTextCursor.END;
	}

	private void skipLine() {
		while (this.source.peek() == ' ' || this.source.peek() == '\t') {
			this.source.read();
		}
		boolean comment = (this.source.peek() == '-' && this.source.peek(1) == '-');
		while (comment && this.source.peek() != '\n' && this.source.peek() != SourceTextCursor.END) {
			this.source.read();
		}
		int column = this.source.column();
		int c = this.source.read();
		if (c != '\n' && c != SourceTextCursor.END) {
			throw this.source.invalid(this.source.line(), column,
					"The data of a COPY … FROM STDIN starts on the next line. Move what follows the semicolon behind the data.");
		}
	}

	@Override
	public void close() {
		// the file stays open for the statements that follow
	}

}
