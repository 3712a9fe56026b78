package io.veza.migrations.source;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.veza.migrations.Checksum;

/**
 * The checksum of a text as it is stored: of all its characters, in UTF-8.
 */
final class TextDigest implements TextSink {

	private final MessageDigest digest = Sha256.create();

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		this.digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars, from, to - from)));
	}

	Checksum checksum() {
		return Checksum.ofText(this.digest.digest());
	}

}
