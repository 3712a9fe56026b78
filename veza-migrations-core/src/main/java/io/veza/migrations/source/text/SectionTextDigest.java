package io.veza.migrations.source.text;

import io.veza.migrations.sql.Checksum;

/**
 * The checksum of a text: of all its characters in UTF-8.
 */
public final class SectionTextDigest implements SourceTextSink {

	private final Utf8TextDigest digest;

	SectionTextDigest(Utf8TextDigest digest) {
		this.digest = digest;
	}

	@Override
	public void append(TextPart part, char[] chars, int from, int to) {
		this.digest.add(chars, from, to);
	}

	/**
	 * Return the checksum of all characters.
	 * @return the checksum
	 */
	public Checksum checksum() {
		return Checksum.ofText(this.digest.digest());
	}

}
