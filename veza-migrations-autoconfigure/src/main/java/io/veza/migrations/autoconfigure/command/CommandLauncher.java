package io.veza.migrations.autoconfigure.command;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.veza.migrations.autoconfigure.MigrationShutdown;
import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.autoconfigure.StartAbandonedException;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Command;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.source.MigrationSource;

import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Runs the command of a process that has one and ends the process, when beans could be
 * made and before any is: none of the application's own is, but for those that the
 * migrator needs.
 */
final class CommandLauncher implements BeanFactoryInitializer<ConfigurableListableBeanFactory> {

	private final Environment environment;

	private final String user;

	private final IntConsumer exit;

	CommandLauncher(Environment environment, String user, IntConsumer exit) {
		this.environment = environment;
		this.user = user;
		this.exit = exit;
	}

	@Override
	public void initialize(ConfigurableListableBeanFactory beanFactory) {
		CommandStreams streams = beanFactory.getBeanProvider(CommandStreams.class).getIfAvailable();
		if (streams != null) {
			this.exit.accept(launch(beanFactory, CommandOutput.of(this.environment, streams)));
		}
	}

	private int launch(ConfigurableListableBeanFactory beanFactory, CommandOutput output) {
		MigrationShutdown shutdown;
		try {
			shutdown = migratorBean(beanFactory, MigrationShutdown.class);
		}
		catch (RuntimeException ex) {
			int exitCode = fail(beanFactory, output, ex);
			beanFactory.destroySingletons();
			return exitCode;
		}
		AtomicInteger exitCode = new AtomicInteger(ExitCodes.UNEXPECTED);
		shutdown.guard(() -> {
			exitCode.set(run(beanFactory, output));
			beanFactory.destroySingletons();
		});
		// System.exit() would wait for ever for Spring's own hook, which waits until the
		// context has refreshed
		if (shutdown.hasBegun()) {
			throw new StartAbandonedException();
		}
		return exitCode.get();
	}

	private int run(ListableBeanFactory beanFactory, CommandOutput output) {
		try {
			MigrationsCommandProperties properties = beanFactory.getBean(MigrationsCommandProperties.class);
			CommandRequests requests = new CommandRequests(properties,
					beanFactory.getBean(MigrationsProperties.class).baselineVersion(), this.user);
			return new MigrationsCommand(beanFactory.getBean(Migrator.class),
					beanFactory.getBeanProvider(MigrationSource.class).stream().findFirst(), requests, output)
				.run(command(properties));
		}
		catch (RuntimeException ex) {
			return fail(beanFactory, output, ex);
		}
	}

	private int fail(ListableBeanFactory beanFactory, CommandOutput output, RuntimeException ex) {
		CommandFailure failure = new CommandFailures(this.environment, () -> beanFactory.getBean(Migrator.class))
			.describe(ex);
		output.failure(failure);
		return failure.exitCode();
	}

	private <T> T migratorBean(ListableBeanFactory beanFactory, Class<T> type) {
		if (beanFactory.getBeanProvider(Migrator.class).stream().findAny().isEmpty()) {
			throw new InvalidCommandException(isEnabled()
					? "There is no database to migrate. Set veza.migrations.url, or define a DataSource bean."
					: "veza.migrations.enabled is false, so that there is nothing that a command could do. Set it to true.");
		}
		return beanFactory.getBean(type);
	}

	private boolean isEnabled() {
		return Binder.get(this.environment).bind("veza.migrations.enabled", Boolean.class).orElse(true);
	}

	private static Command command(MigrationsCommandProperties properties) {
		Command command = properties.command();
		if (command == null) {
			throw new InvalidCommandException("veza.migrations.command is blank. Name a command.");
		}
		return command;
	}

}
