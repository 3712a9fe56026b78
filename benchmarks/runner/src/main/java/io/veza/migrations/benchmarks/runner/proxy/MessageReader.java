package io.veza.migrations.benchmarks.runner.proxy;

import java.nio.ByteBuffer;

/**
 * Finds the messages of PostgreSQL's protocol in bytes, however these are cut.
 */
abstract class MessageReader {

	private static final int LENGTH = 4;

	private static final int CODE = 4;

	private final ByteBuffer head = ByteBuffer.allocate(1 + LENGTH + CODE);

	/** How much of the current message is still to be passed over. */
	private int rest;

	/**
	 * Read bytes.
	 * @param bytes where they are
	 * @param count how many
	 */
	void read(byte[] bytes, int count) {
		int at = 0;
		while (at < count) {
			if (this.rest > 0) {
				int passed = Math.min(this.rest, count - at);
				this.rest -= passed;
				at += passed;
			}
			else if (this.head.position() == 0 && isSingleByte()) {
				at++;
				singleByte();
			}
			else {
				this.head.put(bytes[at++]);
				message();
			}
		}
	}

	private void message() {
		int typeLength = isTyped() ? 1 : 0;
		boolean hasCode = typeLength == 0 || this.head.get(0) == 'R';
		int needed = typeLength + LENGTH + (hasCode ? CODE : 0);
		if (this.head.position() < needed) {
			return;
		}
		char type = (typeLength == 1) ? (char) this.head.get(0) : 0;
		this.rest = this.head.getInt(typeLength) - (needed - typeLength);
		int code = hasCode ? this.head.getInt(typeLength + LENGTH) : 0;
		this.head.clear();
		message(type, code);
	}

	abstract boolean isTyped();

	boolean isSingleByte() {
		return false;
	}

	void singleByte() {
	}

	abstract void message(char type, int code);

}
