package io.veza.migrations.source;

import io.veza.migrations.Checksum;

/**
 * The checksum of a text as it is stored: of all its characters, in UTF-8.
 */
final class TextDigest implements TextSink {

	private final Utf8Digest digest;

	TextDigest(Utf8Digest digest) {
		this.digest = digest;
	}

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		this.digest.add(chars, from, to);
	}

	Checksum checksum() {
		return Checksum.ofText(this.digest.digest());
	}

}
