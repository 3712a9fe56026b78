package io.veza.migrations.benchmarks.runner.proxy;

/**
 * What client and server say to each other on one connection. A round trip is counted
 * when the client speaks after it was given everything that it could wait for: that does
 * not depend on how the network cuts the bytes.
 */
final class Conversation {

	static final int SSL_REQUEST = 80877103;

	static final int GSS_REQUEST = 80877104;

	private static final int AUTHENTICATION_OK = 0;

	private static final int SASL_FINAL = 12;

	private boolean answered = true;

	private boolean negotiating;

	private boolean setUp;

	/** Requests that end with a ReadyForQuery that has not come. */
	private int awaited;

	private int roundTrips;

	private int setUpRoundTrips;

	private int statements;

	private int readyForQuery;

	private long bytesSent;

	private long bytesReceived;

	/**
	 * The client has sent a message.
	 * @param type its type, 0 for one that has none
	 * @param code the first number of its body, of a message without a type
	 */
	synchronized void sent(char type, int code) {
		if (type == 'X') {
			return;
		}
		if (this.answered) {
			this.answered = false;
			this.roundTrips++;
		}
		switch (type) {
			case 'Q', 'S', 'F' -> this.awaited++;
			case 0 -> {
				this.negotiating = code == SSL_REQUEST || code == GSS_REQUEST;
				this.awaited += this.negotiating ? 0 : 1;
			}
			default -> {
				// part of a request that another message ends
			}
		}
	}

	/**
	 * The server has sent a message.
	 * @param type its type
	 * @param code the first number of its body, of an authentication
	 */
	synchronized void received(char type, int code) {
		switch (type) {
			case 'Z' -> ready();
			case 'C', 'I' -> this.statements++;
			case 'G', 'W' -> this.answered = true;
			case 'R' -> this.answered = code != AUTHENTICATION_OK && code != SASL_FINAL;
			default -> {
				// part of an answer that another message ends
			}
		}
	}

	private void ready() {
		this.readyForQuery++;
		this.awaited--;
		this.answered = this.awaited == 0;
		if (!this.setUp) {
			this.setUp = true;
			this.setUpRoundTrips = this.roundTrips;
		}
	}

	/** The server has answered with one byte whether it encrypts. */
	synchronized void negotiated() {
		this.negotiating = false;
		this.answered = true;
	}

	synchronized boolean isNegotiating() {
		return this.negotiating;
	}

	synchronized void sentBytes(int count) {
		this.bytesSent += count;
	}

	synchronized void receivedBytes(int count) {
		this.bytesReceived += count;
	}

	synchronized Traffic traffic() {
		return new Traffic(1, this.roundTrips, this.setUpRoundTrips, this.statements, this.readyForQuery,
				this.bytesSent, this.bytesReceived);
	}

}
