package io.veza.migrations.sql;

import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A digest of content, as it is stored in the history table: SHA-256 in hex for a file,
 * with the prefix {@code v1:} for the tokens of a section.
 *
 * @param value the stored text
 * @since 0.1.0
 */
public record Checksum(String value) {

	private static final String TOKENS = "v1:";

	/**
	 * Return the checksum of a file.
	 * @param digest the SHA-256 of its text
	 * @return the checksum
	 */
	public static Checksum ofText(byte[] digest) {
		return new Checksum(HexFormat.of().formatHex(digest));
	}

	/**
	 * Return the checksum of the tokens of a section, for which comments and white space
	 * do not count.
	 * @param digest the SHA-256 of its tokens
	 * @return the checksum
	 */
	public static Checksum ofTokens(byte[] digest) {
		return new Checksum(TOKENS + HexFormat.of().formatHex(digest));
	}

	// a thousand of them are compared when an application starts, where what the
	// compiler would generate takes tens of milliseconds to be linked

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Checksum checksum && this.value.equals(checksum.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
