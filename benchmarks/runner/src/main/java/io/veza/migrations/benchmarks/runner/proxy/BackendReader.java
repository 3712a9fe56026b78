package io.veza.migrations.benchmarks.runner.proxy;

/**
 * Reads what the server says. It answers the wish for encryption with a single byte.
 */
final class BackendReader extends MessageReader {

	private final Conversation conversation;

	BackendReader(Conversation conversation) {
		this.conversation = conversation;
	}

	@Override
	void read(byte[] bytes, int count) {
		this.conversation.receivedBytes(count);
		super.read(bytes, count);
	}

	@Override
	boolean isTyped() {
		return true;
	}

	@Override
	boolean isSingleByte() {
		return this.conversation.isNegotiating();
	}

	@Override
	void singleByte() {
		this.conversation.negotiated();
	}

	@Override
	void message(char type, int code) {
		this.conversation.received(type, code);
	}

}
