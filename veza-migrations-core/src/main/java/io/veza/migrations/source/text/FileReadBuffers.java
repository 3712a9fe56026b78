package io.veza.migrations.source;

import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The memory in which files are read, one after the other: a thousand small files take no
 * more than one large file.
 */
final class ReadBuffers {

	private static final int SIZE = 8192;

	private final byte[] bytes = new byte[SIZE];

	private final char[] chars = new char[SIZE];

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final MessageDigest digest = Sha256.create();

	/**
	 * Return the buffer for bytes.
	 * @return the array
	 */
	byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Return the buffer for characters.
	 * @return the array
	 */
	char[] chars() {
		return this.chars;
	}

	/**
	 * Return the decoder of UTF-8.
	 * @return the decoder, before its first character
	 */
	CharsetDecoder decoder() {
		return this.decoder.reset();
	}

	/**
	 * Return the digest of a file.
	 * @return the digest, of nothing
	 */
	MessageDigest digest() {
		this.digest.reset();
		return this.digest;
	}

}
