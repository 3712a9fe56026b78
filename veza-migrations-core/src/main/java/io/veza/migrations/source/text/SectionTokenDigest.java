package io.veza.migrations.source.text;

import io.veza.migrations.sql.Checksum;

/**
 * The checksum of the tokens of a section. It is compared with stored values, so that the
 * algorithm must never change: each token and the data of each COPY, in UTF-8 as in the
 * file, and behind each a zero byte, which no file contains.
 */
public final class SectionTokenDigest implements SourceTextSink {

	private final Utf8TextDigest digest;

	SectionTokenDigest(Utf8TextDigest digest) {
		this.digest = digest;
	}

	@Override
	public void append(TextPart part, char[] chars, int from, int to) {
		if (part != TextPart.GAP) {
			this.digest.add(chars, from, to);
		}
	}

	@Override
	public void end(TextPart part) {
		this.digest.add(0);
	}

	/**
	 * Return the checksum of all tokens.
	 * @return the checksum
	 */
	public Checksum checksum() {
		return Checksum.ofTokens(this.digest.digest());
	}

}
