package io.veza.migrations.autoconfigure.command;

import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.BootstrapContext;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A listener to the start of a process that runs a command: it hands the streams to the
 * context, and ends the process when the start fails before the command could run.
 */
final class CommandRunListener implements SpringApplicationRunListener {

	private final IntConsumer exit;

	private @Nullable BootstrapContext bootstrapContext;

	/** The one that Spring Boot finds. */
	public CommandRunListener() {
		this(System::exit);
	}

	CommandRunListener(IntConsumer exit) {
		this.exit = exit;
	}

	@Override
	public void starting(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		CommandStart start = start();
		if (start != null) {
			context.getBeanFactory().registerSingleton("vezaMigrationsCommandStreams", start.streams());
		}
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		CommandStart start = start();
		if (start != null) {
			CommandFailures failures = new CommandFailures(start.environment(), () -> {
				throw new IllegalStateException("The application did not start.");
			});
			CommandFailure failure = failures.describe(exception);
			CommandOutput.of(start.environment(), start.streams()).failure(failure);
			this.exit.accept(failure.exitCode());
		}
	}

	private @Nullable CommandStart start() {
		return (this.bootstrapContext != null) ? this.bootstrapContext.getOrElse(CommandStart.class, null) : null;
	}

}
