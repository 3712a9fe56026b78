package io.veza.migrations.source;

/**
 * The memory in which migration files are parsed, one after the other.
 *
 * @param read the memory to read them in
 * @param up the digest of the UP
 * @param down the digest of the DOWN
 */
record ParseBuffers(ReadBuffers read, Utf8Digest up, Utf8Digest down) {

	ParseBuffers() {
		this(new ReadBuffers(), new Utf8Digest(), new Utf8Digest());
	}

}
