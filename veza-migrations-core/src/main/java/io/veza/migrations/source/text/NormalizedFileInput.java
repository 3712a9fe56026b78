package io.veza.migrations.source.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.security.MessageDigest;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * The characters of a file: decoded as strict UTF-8, with CRLF and CR turned into LF. The
 * checksum of the file is computed while it is read.
 */
public final class NormalizedFileInput implements Closeable {

	private final String file;

	private final InputStream input;

	private final MessageDigest digest;

	private final CharsetDecoder decoder;

	private final byte[] array;

	/** The part of the array that is not decoded yet. */
	private final ByteBuffer bytes;

	/** Bytes of the file before those in the buffer. */
	private long offset;

	private int line = 1;

	private boolean byteAfterReturn;

	private boolean charAfterReturn;

	private boolean ended;

	private @Nullable Checksum checksum;

	private NormalizedFileInput(String file, InputStream input, FileReadBuffers buffers) {
		this.file = file;
		this.input = input;
		this.digest = buffers.digest();
		this.decoder = buffers.decoder();
		this.array = buffers.bytes();
		this.bytes = ByteBuffer.wrap(this.array).limit(0);
	}

	/**
	 * Open a file.
	 * @param file the file as people know it
	 * @param source the file
	 * @param buffers the buffers for it, which are not used for anything else until it is
	 * closed
	 * @return its characters
	 */
	public static NormalizedFileInput open(String file, InputStreamSource source, FileReadBuffers buffers) {
		try {
			return new NormalizedFileInput(file, source.getInputStream(), buffers);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
			int length = normalize(target, from, chars.position());
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
	public Checksum checksum() {
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
			int length = this.input.read(this.array, from, this.bytes.remaining());
			this.ended = (length == -1);
			if (!this.ended) {
				digest(from, from + length);
				this.bytes.position(from + length);
			}
			this.bytes.flip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void digest(int from, int to) {
		int start = from;
		boolean afterReturn = this.byteAfterReturn;
		for (int i = from; i < to; i++) {
			byte b = this.array[i];
			if (b == '\r') {
				this.array[i] = '\n';
				this.digest.update(this.array, start, i + 1 - start);
				this.array[i] = '\r';
				start = i + 1;
			}
			else if (b == '\n' && afterReturn) {
				start = i + 1;
			}
			afterReturn = (b == '\r');
		}
		this.byteAfterReturn = afterReturn;
		this.digest.update(this.array, start, to - start);
	}

	private int normalize(char[] chars, int from, int to) {
		int length = from;
		boolean afterReturn = this.charAfterReturn;
		for (int i = from; i < to; i++) {
			char c = chars[i];
			boolean second = (c == '\n' && afterReturn);
			afterReturn = (c == '\r');
			if (second) {
				continue;
			}
			if (c == '\r' || c == '\n') {
				this.line++;
				c = '\n';
			}
			else if (c == '\0') {
				throw FatalFileProblem.at(this.file, this.line, 0,
						"The file holds a NUL character, which PostgreSQL refuses. Save the file as UTF-8 text.");
			}
			chars[length++] = c;
		}
		this.charAfterReturn = afterReturn;
		return length - from;
	}

	private InvalidMigrationsException malformed() {
		return FatalFileProblem.at(this.file, this.line, 0, "The bytes at offset "
				+ (this.offset + this.bytes.position()) + " of the file are not UTF-8. Save the file as UTF-8.");
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
