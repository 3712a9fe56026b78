package io.veza.migrations.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 digest, from which all checksums, tokens and lock keys are made.
 */
public final class Sha256Digest {

	private Sha256Digest() {
	}

	/**
	 * Return a digest to which content is added piece by piece.
	 * @return the digest
	 */
	public static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Return the digest of a text in UTF-8.
	 * @param text the text
	 * @return its 32 bytes
	 */
	public static byte[] of(String text) {
		return create().digest(text.getBytes(StandardCharsets.UTF_8));
	}

}
