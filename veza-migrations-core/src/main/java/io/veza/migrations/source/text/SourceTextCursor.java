package io.veza.migrations.source.text;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.text.SourceTextSink.TextPart;
import io.veza.migrations.sql.Checksum;
import org.springframework.core.io.InputStreamSource;

/**
 * The text of a file and the current position in it. It looks ahead a few characters,
 * counts lines and columns, and passes the characters that were read to its sinks. It
 * holds one buffer, whatever the size of the file.
 */
public final class SourceTextCursor implements Closeable {

	public static final int END = -1;

	/** Characters that can be looked at ahead. */
	static final int LOOKAHEAD = 256;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final String file;

	private final NormalizedFileInput input;

	private final List<SourceTextSink> sinks = new ArrayList<>();

	private final char[] chars;

	private int position;

	private int limit;

	/** The position of the first character that no sink has received. */
	private int unsent;

	/** Characters of the file before those in the buffer. */
	private long offset;

	/** The offset of the current line in the file. */
	private long lineStart;

	private int line = 1;

	private TextPart part = TextPart.GAP;

	private SourceTextCursor(String file, NormalizedFileInput input, char[] chars) {
		this.file = file;
		this.input = input;
		this.chars = chars;
		if (peek() == BYTE_ORDER_MARK) {
			this.position = 1;
			this.unsent = 1;
			this.lineStart = 1;
		}
	}

	/**
	 * Open a file.
	 * @param file the file as people know it
	 * @param source the file
	 * @return its text
	 */
	public static SourceTextCursor open(String file, InputStreamSource source) {
		return open(file, source, new FileReadBuffers());
	}

	/**
	 * Open a file.
	 * @param file the file as people know it
	 * @param source the file
	 * @param buffers the buffers for it, which are not used for anything else until it is
	 * closed
	 * @return its text
	 */
	public static SourceTextCursor open(String file, InputStreamSource source, FileReadBuffers buffers) {
		NormalizedFileInput input = NormalizedFileInput.open(file, source, buffers);
		try {
			return new SourceTextCursor(file, input, buffers.chars());
		}
		catch (RuntimeException ex) {
			input.close();
			throw ex;
		}
	}

	/**
	 * Return the line of the next character.
	 * @return the line, from 1
	 */
	public int line() {
		return this.line;
	}

	/**
	 * Return the column of the next character.
	 * @return the column, from 1
	 */
	public int column() {
		return (int) (this.offset + this.position - this.lineStart) + 1;
	}

	/**
	 * Return the next character without reading it.
	 * @return the character, or {@link #END}
	 */
	public int peek() {
		return (this.position < this.limit || fill()) ? this.chars[this.position] : END;
	}

	/**
	 * Return a character ahead without reading it.
	 * @param ahead the number of characters before it, less than {@link #LOOKAHEAD}
	 * @return the character, or {@link #END}
	 */
	public int peek(int ahead) {
		while (this.position + ahead >= this.limit) {
			if (!fill()) {
				return END;
			}
		}
		return this.chars[this.position + ahead];
	}

	/**
	 * Read the next character.
	 * @return the character, or {@link #END}
	 */
	public int read() {
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
		while (SqlCharacterClasses.isSpace(peek())) {
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
			if (!SqlCharacterClasses.isIdentifierPart(c)) {
				return;
			}
			if (image.length() < length) {
				image.append(SqlCharacterClasses.toUpperCase(c));
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
	 * Begin a part of the file at the current position.
	 * @param part the part
	 */
	public void begin(TextPart part) {
		send(this.position);
		this.part = part;
	}

	/**
	 * End the current part at the current position, where a gap begins.
	 */
	public void end() {
		send(this.position);
		for (int i = 0; i < this.sinks.size(); i++) {
			this.sinks.get(i).end(this.part);
		}
		this.part = TextPart.GAP;
	}

	/**
	 * Pass the characters from here on to a sink.
	 * @param sink the sink
	 */
	public void add(SourceTextSink sink) {
		send(this.position);
		this.sinks.add(sink);
	}

	/**
	 * Pass no more characters to a sink.
	 * @param sink the sink
	 */
	public void remove(SourceTextSink sink) {
		send(this.position);
		this.sinks.remove(sink);
	}

	/**
	 * Read what is left of the file and return the checksum of all of it.
	 * @return the checksum
	 */
	public Checksum checksum() {
		return this.input.checksum();
	}

	/**
	 * Return the exception for a problem after which the file cannot be read on.
	 * @param line the line of the problem, from 1; 0 if it has none
	 * @param column the column, from 1; 0 if it has none
	 * @param message the problem and its solution
	 * @return the exception, to be thrown
	 */
	public InvalidMigrationsException invalid(int line, int column, String message) {
		return FatalFileProblem.at(this.file, line, column, message);
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
