package io.veza.migrations.backup.pgdump;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The end of what a program writes to its standard error, since that says why it ended.
 */
final class PgDumpErrors extends OutputStream {

	private static final int SIZE = 4096;

	private static final String ERROR = "error: ";

	private final byte[] ring = new byte[SIZE];

	private long count;

	@Override
	public synchronized void write(int value) {
		this.ring[(int) (this.count % SIZE)] = (byte) value;
		this.count++;
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			write(bytes[i]);
		}
	}

	/**
	 * Return the text from the first error on, without what the program reported before.
	 * @return the text, empty if there is none
	 */
	synchronized String text() {
		int length = (int) Math.min(this.count, SIZE);
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = this.ring[(int) ((this.count - length + i) % SIZE)];
		}
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (this.count > SIZE) {
			// what is cut may be half a password
			text = text.substring(text.indexOf('\n') + 1);
		}
		int error = text.indexOf(ERROR);
		return ((error >= 0) ? text.substring(error + ERROR.length()) : text).strip();
	}

}
