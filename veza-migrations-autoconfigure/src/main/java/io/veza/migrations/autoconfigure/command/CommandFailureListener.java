package io.veza.migrations.autoconfigure.command;

import java.util.function.IntConsumer;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Ends the process when the application fails to start before its command could run.
 */
final class CommandFailureListener implements ApplicationListener<ApplicationFailedEvent> {

	private final Environment environment;

	private final CommandStreams streams;

	private final IntConsumer exit;

	CommandFailureListener(Environment environment, CommandStreams streams, IntConsumer exit) {
		this.environment = environment;
		this.streams = streams;
		this.exit = exit;
	}

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		CommandFailures failures = new CommandFailures(this.environment, () -> {
			throw new IllegalStateException("The application did not start.");
		});
		CommandFailure failure = failures.describe(event.getException());
		CommandOutput.of(this.environment, this.streams).failure(failure);
		this.exit.accept(failure.exitCode());
	}

}
