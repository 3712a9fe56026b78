package io.veza.migrations.source.text;

import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.veza.migrations.sql.Sha256Digest;

/**
 * The buffers in which files are read, one after the other, so that a thousand small
 * files need no more memory than one.
 */
public final class FileReadBuffers {

	private static final int SIZE = 8192;

	private final byte[] bytes = new byte[SIZE];

	private final char[] chars = new char[SIZE];

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

	private final MessageDigest digest = Sha256Digest.create();

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
