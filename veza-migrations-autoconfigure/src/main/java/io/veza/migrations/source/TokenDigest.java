package io.veza.migrations.source;

import io.veza.migrations.Checksum;

/**
 * The checksum of the tokens of a section. Stored values are compared with it, so that
 * the algorithm is frozen: each token, and the data of each COPY, as in the file, in
 * UTF-8, followed by a zero byte, which no file holds.
 */
final class TokenDigest implements TextSink {

	private final Utf8Digest digest;

	TokenDigest(Utf8Digest digest) {
		this.digest = digest;
	}

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		if (part != Part.GAP) {
			this.digest.add(chars, from, to);
		}
	}

	@Override
	public void end(Part part) {
		this.digest.add(0);
	}

	Checksum checksum() {
		return Checksum.ofTokens(this.digest.digest());
	}

}
