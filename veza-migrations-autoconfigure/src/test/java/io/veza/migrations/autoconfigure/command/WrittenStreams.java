package io.veza.migrations.autoconfigure.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Streams that remember what a command writes.
 */
public final class WrittenStreams {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final ByteArrayOutputStream error = new ByteArrayOutputStream();

	public CommandStreams streams() {
		return new CommandStreams(new PrintStream(this.output, false, StandardCharsets.UTF_8),
				new PrintStream(this.error, true, StandardCharsets.UTF_8));
	}

	public String out() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return this.error.toString(StandardCharsets.UTF_8);
	}

}
