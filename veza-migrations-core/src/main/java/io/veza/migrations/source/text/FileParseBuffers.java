package io.veza.migrations.source.text;

/**
 * The buffers in which migration files are parsed, one after the other.
 */
public final class FileParseBuffers {

	private final FileReadBuffers read = new FileReadBuffers();

	private final Utf8TextDigest up = new Utf8TextDigest();

	private final Utf8TextDigest down = new Utf8TextDigest();

	/**
	 * Return the memory to read a file in.
	 * @return the buffers
	 */
	public FileReadBuffers read() {
		return this.read;
	}

	/**
	 * Begin the checksum of an UP.
	 * @return the digest of no token
	 */
	public SectionTokenDigest upDigest() {
		return new SectionTokenDigest(this.up.reset());
	}

	/**
	 * Begin the checksum of a DOWN.
	 * @return the digest of no text
	 */
	public SectionTextDigest downDigest() {
		return new SectionTextDigest(this.down.reset());
	}

}
