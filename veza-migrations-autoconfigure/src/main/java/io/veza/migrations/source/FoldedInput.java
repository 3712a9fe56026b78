package io.veza.migrations.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException;

/**
 * The bytes of a file as characters: strict UTF-8, CRLF and CR folded to LF, and hashed
 * on the way.
 */
final class FoldedInput implements Closeable {

	private static final int SIZE = 8192;

	private final String file;

	private final InputStream input;

	private final MessageDigest digest = Sha256.create();

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);

	/** Bytes of the file before those in the buffer. */
	private long offset;

	private int line = 1;

	private boolean byteAfterReturn;

	private boolean charAfterReturn;

	private boolean ended;

	private @Nullable Checksum checksum;

	FoldedInput(String file, InputStream input) {
		this.file = file;
		this.input = input;
	}

	/**
	 * Read some characters.
	 * @param target the array that they fill up, with room for two at least
	 * @param from where to begin
	 * @return the number of characters, -1 at the end
	 */
	int read(char[] target, int from) {
		CharBuffer chars = CharBuffer.wrap(target, from, target.length - from);
		while (true) {
			chars.position(from);
			CoderResult result = this.decoder.decode(this.bytes, chars, this.ended);
			int length = fold(target, from, chars.position());
			if (length > 0) {
				return length;
			}
			if (result.isError()) {
				throw malformed();
			}
			if (this.ended && !this.bytes.hasRemaining()) {
				return -1;
			}
			fill();
		}
	}

	/**
	 * Read what is left and return the checksum of all that was read.
	 * @return the checksum of the file
	 */
	Checksum checksum() {
		if (this.checksum == null) {
			while (!this.ended) {
				this.bytes.position(this.bytes.limit());
				fill();
			}
			this.checksum = Checksum.ofText(this.digest.digest());
		}
		return this.checksum;
	}

	private void fill() {
		this.offset += this.bytes.position();
		this.bytes.compact();
		try {
			int from = this.bytes.position();
			int length = this.input.read(this.bytes.array(), from, this.bytes.remaining());
			this.ended = (length == -1);
			if (!this.ended) {
				hash(this.bytes.array(), from, from + length);
				this.bytes.position(from + length);
			}
			this.bytes.flip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void hash(byte[] array, int from, int to) {
		int start = from;
		for (int i = from; i < to; i++) {
			byte b = array[i];
			if (b == '\r') {
				array[i] = '\n';
				this.digest.update(array, start, i + 1 - start);
				array[i] = '\r';
				start = i + 1;
			}
			else if (b == '\n' && this.byteAfterReturn) {
				start = i + 1;
			}
			this.byteAfterReturn = (b == '\r');
		}
		this.digest.update(array, start, to - start);
	}

	private int fold(char[] chars, int from, int to) {
		int length = from;
		for (int i = from; i < to; i++) {
			char c = chars[i];
			boolean second = (c == '\n' && this.charAfterReturn);
			this.charAfterReturn = (c == '\r');
			if (second) {
				continue;
			}
			if (c == '\r' || c == '\n') {
				this.line++;
				c = '\n';
			}
			else if (c == '\0') {
				throw Invalid.at(this.file, this.line, 0,
						"The file holds a NUL character, which PostgreSQL refuses. Save the file as UTF-8 text.");
			}
			chars[length++] = c;
		}
		return length - from;
	}

	private InvalidMigrationsException malformed() {
		return Invalid.at(this.file, this.line, 0, "The bytes at offset " + (this.offset + this.bytes.position())
				+ " of the file are not UTF-8. Save the file as UTF-8.");
	}

	@Override
	public void close() {
		try {
			this.input.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
