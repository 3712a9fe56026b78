package io.veza.migrations.source.text;

import java.security.MessageDigest;

import io.veza.migrations.sql.Sha256Digest;

/**
 * The SHA-256 of characters, in UTF-8.
 */
final class Utf8TextDigest {

	private static final int SIZE = 2048;

	private static final int LONGEST_CHARACTER = 4;

	private final MessageDigest digest = Sha256Digest.create();

	private final byte[] bytes = new byte[SIZE];

	private int length;

	/**
	 * Begin anew, whatever was added.
	 * @return this
	 */
	Utf8TextDigest reset() {
		this.digest.reset();
		this.length = 0;
		return this;
	}

	/**
	 * Add some characters, which cut no surrogate pair.
	 * @param chars the array that holds them
	 * @param from the first one
	 * @param to the one after the last one
	 */
	void add(char[] chars, int from, int to) {
		for (int i = from; i < to; i++) {
			char c = chars[i];
			if (c < 0x80 && this.length < SIZE) {
				this.bytes[this.length++] = (byte) c;
			}
			else if (Character.isHighSurrogate(c)) {
				i++;
				add(Character.toCodePoint(c, chars[i]));
			}
			else {
				add(c);
			}
		}
	}

	/**
	 * Add a character.
	 * @param codePoint the character
	 */
	void add(int codePoint) {
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

	/**
	 * Return the digest of all that was added, and begin anew.
	 * @return the digest
	 */
	byte[] digest() {
		flush();
		return this.digest.digest();
	}

}
