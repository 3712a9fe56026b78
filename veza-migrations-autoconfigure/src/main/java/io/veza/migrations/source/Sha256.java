package io.veza.migrations.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest of all checksums.
 */
final class Sha256 {

	private Sha256() {
	}

	static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
