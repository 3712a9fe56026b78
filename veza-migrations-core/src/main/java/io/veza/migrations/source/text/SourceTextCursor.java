package io.veza.migrations.source;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.source.TextSink.Part;

/**
 * The text of a file with a place in it: looks a few characters ahead, counts lines and
 * columns, and passes on what was read. Holds one buffer, whatever the size of the file.
 */
final class SourceText implements Closeable {

	static final int END = -1;

	/** Characters that can be looked at ahead. */
	static final int LOOKAHEAD = 256;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final String file;

	private final FoldedInput input;

	private final List<TextSink> sinks = new ArrayList<>();

	private final char[] chars;

	private int position;

	private int limit;

	/** Where the characters begin that no sink has seen. */
	private int unsent;

	/** Characters of the file before those in the buffer. */
	private long offset;

	/** Where the current line begins in the file. */
	private long lineStart;

	private int line = 1;

	private Part part = Part.GAP;

	private SourceText(String file, FoldedInput input, char[] chars) {
		this.file = file;
		this.input = input;
		this.chars = chars;
		if (peek() == BYTE_ORDER_MARK) {
			this.position = 1;
			this.unsent = 1;
			this.lineStart = 1;
		}
	}

	static SourceText open(String file, InputStreamSource source) {
		return open(file, source, new ReadBuffers());
	}

	/**
	 * Open a file.
	 * @param file the file as people know it
	 * @param source the file
	 * @param buffers the memory for it, which nobody else uses until it is closed
	 * @return its text
	 */
	static SourceText open(String file, InputStreamSource source, ReadBuffers buffers) {
		FoldedInput input = FoldedInput.open(file, source, buffers);
		try {
			return new SourceText(file, input, buffers.chars());
		}
		catch (RuntimeException ex) {
			input.close();
			throw ex;
		}
	}

	int line() {
		return this.line;
	}

	int column() {
		return (int) (this.offset + this.position - this.lineStart) + 1;
	}

	int peek() {
		return (this.position < this.limit || fill()) ? this.chars[this.position] : END;
	}

	int peek(int ahead) {
		while (this.position + ahead >= this.limit) {
			if (!fill()) {
				return END;
			}
		}
		return this.chars[this.position + ahead];
	}

	int read() {
		if (this.position == this.limit && !fill()) {
			return END;
		}
		char c = this.chars[this.position++];
		if (c == '\n') {
			endLine();
		}
		return c;
	}

	/**
	 * Read white space.
	 * @return whether a line ended
	 */
	boolean readSpace() {
		boolean lineEnded = false;
		while (Characters.isSpace(peek())) {
			lineEnded |= (read() == '\n');
		}
		return lineEnded;
	}

	/**
	 * Read an identifier, or what is left of it.
	 * @param image where to add its beginning, with letters in upper case
	 * @param length the most characters to add
	 */
	void readIdentifier(StringBuilder image, int length) {
		while (this.position < this.limit || fill()) {
			char c = this.chars[this.position];
			if (!Characters.isIdentifierPart(c)) {
				return;
			}
			if (image.length() < length) {
				image.append(Characters.toUpperCase(c));
			}
			this.position++;
		}
	}

	/**
	 * Read up to the end of the line.
	 * @param text where to add its beginning
	 * @param length the most characters to add
	 */
	void readLine(StringBuilder text, int length) {
		while (this.position < this.limit || fill()) {
			int end = this.position;
			while (end < this.limit && this.chars[end] != '\n') {
				end++;
			}
			text.append(this.chars, this.position, Math.min(end - this.position, length - text.length()));
			this.position = end;
			if (end < this.limit) {
				return;
			}
		}
	}

	/**
	 * Read up to one of two characters.
	 * @param one the one
	 * @param other the other
	 * @return the one that comes next, or {@link #END}
	 */
	int readTo(char one, char other) {
		while (this.position < this.limit || fill()) {
			char c = this.chars[this.position];
			if (c == one || c == other) {
				return c;
			}
			this.position++;
			if (c == '\n') {
				endLine();
			}
		}
		return END;
	}

	private void endLine() {
		this.line++;
		this.lineStart = this.offset + this.position;
	}

	/**
	 * Declare what the characters from here on belong to.
	 * @param part the part
	 */
	void begin(Part part) {
		send(this.position);
		this.part = part;
	}

	/**
	 * Declare that a part ends here, and that a gap begins.
	 */
	void end() {
		send(this.position);
		for (int i = 0; i < this.sinks.size(); i++) {
			this.sinks.get(i).end(this.part);
		}
		this.part = Part.GAP;
	}

	void add(TextSink sink) {
		send(this.position);
		this.sinks.add(sink);
	}

	void remove(TextSink sink) {
		send(this.position);
		this.sinks.remove(sink);
	}

	/**
	 * Read what is left of the file and return the checksum of all of it.
	 * @return the checksum
	 */
	Checksum checksum() {
		return this.input.checksum();
	}

	InvalidMigrationsException invalid(int line, int column, String message) {
		return Invalid.at(this.file, line, column, message);
	}

	private void send(int to) {
		if (this.unsent < to) {
			for (int i = 0; i < this.sinks.size(); i++) {
				this.sinks.get(i).append(this.part, this.chars, this.unsent, to);
			}
			this.unsent = to;
		}
	}

	private boolean fill() {
		boolean insidePair = this.position > this.unsent && Character.isHighSurrogate(this.chars[this.position - 1]);
		send(insidePair ? this.position - 1 : this.position);
		int kept = this.limit - this.unsent;
		System.arraycopy(this.chars, this.unsent, this.chars, 0, kept);
		this.offset += this.unsent;
		this.position -= this.unsent;
		this.unsent = 0;
		this.limit = kept;
		int length = this.input.read(this.chars, kept);
		if (length > 0) {
			this.limit += length;
		}
		return length > 0;
	}

	@Override
	public void close() {
		this.input.close();
	}

}
