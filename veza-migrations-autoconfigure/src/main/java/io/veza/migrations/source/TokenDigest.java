package io.veza.migrations.source;

import java.security.MessageDigest;

import io.veza.migrations.Checksum;

/**
 * The checksum of the tokens of a section. Stored values are compared with it, so that
 * the algorithm is frozen: each token, and the data of each COPY, as in the file, in
 * UTF-8, followed by a zero byte, which no file holds.
 */
final class TokenDigest implements TextSink {

	private static final int SIZE = 1024;

	private static final int LONGEST_CHARACTER = 4;

	private final MessageDigest digest = Sha256.create();

	private final byte[] bytes = new byte[SIZE];

	private int length;

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		if (part == Part.GAP) {
			return;
		}
		for (int i = from; i < to; i++) {
			char c = chars[i];
			if (Character.isHighSurrogate(c)) {
				i++;
				add(Character.toCodePoint(c, chars[i]));
			}
			else {
				add(c);
			}
		}
	}

	@Override
	public void end(Part part) {
		add(0);
	}

	private void add(int codePoint) {
		if (this.length > SIZE - LONGEST_CHARACTER) {
			flush();
		}
		if (codePoint < 0x80) {
			this.bytes[this.length++] = (byte) codePoint;
		}
		else if (codePoint < 0x800) {
			this.bytes[this.length++] = (byte) (0xC0 | codePoint >> 6);
			addContinuation(codePoint);
		}
		else if (codePoint < 0x10000) {
			this.bytes[this.length++] = (byte) (0xE0 | codePoint >> 12);
			addContinuation(codePoint >> 6);
			addContinuation(codePoint);
		}
		else {
			this.bytes[this.length++] = (byte) (0xF0 | codePoint >> 18);
			addContinuation(codePoint >> 12);
			addContinuation(codePoint >> 6);
			addContinuation(codePoint);
		}
	}

	private void addContinuation(int bits) {
		this.bytes[this.length++] = (byte) (0x80 | (bits & 0x3F));
	}

	private void flush() {
		this.digest.update(this.bytes, 0, this.length);
		this.length = 0;
	}

	Checksum checksum() {
		flush();
		return Checksum.ofTokens(this.digest.digest());
	}

}
