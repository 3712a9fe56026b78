package io.veza.migrations.benchmarks.runner.proxy;

/**
 * Reads what the client says. Its first messages have no type.
 */
final class FrontendReader extends MessageReader {

	private final Conversation conversation;

	private boolean typed;

	FrontendReader(Conversation conversation) {
		this.conversation = conversation;
	}

	@Override
	void read(byte[] bytes, int count) {
		this.conversation.sentBytes(count);
		super.read(bytes, count);
	}

	@Override
	boolean isTyped() {
		return this.typed;
	}

	@Override
	void message(char type, int code) {
		this.typed = this.typed || (code != Conversation.SSL_REQUEST && code != Conversation.GSS_REQUEST);
		this.conversation.sent(type, code);
	}

}
