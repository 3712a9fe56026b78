package io.veza.migrations.benchmarks.runner.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Conversation} and its readers.
 */
class ConversationTests {

	private static final int PROTOCOL = 196608;

	private final Conversation conversation = new Conversation();

	private final MessageReader frontend = new FrontendReader(this.conversation);

	private final MessageReader backend = new BackendReader(this.conversation);

	@Test
	void connectingWithRefusedEncryptionTakesTwoRoundTrips() {
		connect();

		assertThat(this.conversation.traffic().roundTrips()).isEqualTo(2);
		assertThat(this.conversation.traffic().roundTripsBeyondSetUp()).isZero();
	}

	@Test
	void authenticationThatAsksIsAnotherRoundTripEach() {
		read(this.frontend, untyped(PROTOCOL));
		read(this.backend, authentication(10));
		read(this.frontend, typed('p', "first"));
		read(this.backend, authentication(11));
		read(this.frontend, typed('p', "second"));
		read(this.backend, authentication(12));
		read(this.backend, authentication(0));
		read(this.backend, typed('Z', "I"));

		assertThat(this.conversation.traffic().roundTrips()).isEqualTo(3);
	}

	@Test
	void requestsSentBeforeTheAnswerShareARoundTrip() {
		connect();

		read(this.frontend, typed('Q', "BEGIN"));
		read(this.frontend, typed('Q', "COMMIT"));
		read(this.backend, typed('C', "BEGIN"));
		read(this.backend, typed('Z', "T"));
		read(this.frontend, typed('Q', "SELECT 1"));

		assertThat(this.conversation.traffic().roundTripsBeyondSetUp()).isOne();
	}

	@Test
	void requestsAfterTheAnswerAreARoundTripEach() {
		connect();

		for (int i = 0; i < 3; i++) {
			read(this.frontend, typed('P', "SELECT 1"));
			read(this.frontend, typed('S', ""));
			read(this.backend, typed('C', "SELECT 1"));
			read(this.backend, typed('Z', "I"));
		}

		assertThat(this.conversation.traffic().roundTripsBeyondSetUp()).isEqualTo(3);
		assertThat(this.conversation.traffic().statements()).isEqualTo(3);
	}

	@Test
	void sendingCopyDataWaitsForTheServer() {
		connect();

		read(this.frontend, typed('Q', "COPY t FROM STDIN"));
		read(this.backend, typed('G', "..."));
		read(this.frontend, typed('d', "row"));
		read(this.frontend, typed('d', "row"));
		read(this.frontend, typed('c', ""));
		read(this.backend, typed('Z', "I"));

		assertThat(this.conversation.traffic().roundTripsBeyondSetUp()).isEqualTo(2);
	}

	@Test
	void endingTheConnectionIsNoRoundTrip() {
		connect();

		read(this.frontend, typed('X', ""));

		assertThat(this.conversation.traffic().roundTripsBeyondSetUp()).isZero();
	}

	@Test
	void bytesAreCounted() {
		connect();

		assertThat(this.conversation.traffic().bytesSent()).isEqualTo(16);
		assertThat(this.conversation.traffic().bytesReceived()).isEqualTo(1 + 9 + 6);
	}

	private void connect() {
		read(this.frontend, untyped(Conversation.SSL_REQUEST));
		read(this.backend, "N".getBytes(StandardCharsets.US_ASCII));
		read(this.frontend, untyped(PROTOCOL));
		read(this.backend, authentication(0));
		read(this.backend, typed('Z', "I"));
	}

	/** Byte by byte, as the network may cut it at worst. */
	private static void read(MessageReader reader, byte[] bytes) {
		for (byte each : bytes) {
			reader.read(new byte[] { each }, 1);
		}
	}

	private static byte[] untyped(int code) {
		return ByteBuffer.allocate(8).putInt(8).putInt(code).array();
	}

	private static byte[] authentication(int code) {
		return ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(code).array();
	}

	private static byte[] typed(char type, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.write(type);
		message.writeBytes(ByteBuffer.allocate(4).putInt(4 + bytes.length).array());
		message.writeBytes(bytes);
		return message.toByteArray();
	}

}
