package io.veza.migrations.autoconfigure.command;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.veza.migrations.autoconfigure.startup.MigrationShutdown;
import io.veza.migrations.autoconfigure.startup.StartAbandonedException;
import io.veza.migrations.engine.Migrator;
import org.springframework.beans.factory.BeanFactoryInitializer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * A launcher that runs the command of a process, if it has one, and ends the process. It
 * does so when beans could be made and before any is: of the application's beans only
 * those are made that the migrator needs.
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
		AtomicInteger exitCode = new AtomicInteger();
		try {
			MigrationsCommand command = new CommandFactory(this.environment, this.user).create(beanFactory, output);
			MigrationShutdown shutdown = beanFactory.getBean(MigrationShutdown.class);
			shutdown.guard(() -> {
				exitCode.set(run(command, beanFactory, output));
				beanFactory.destroySingletons();
			});
			// System.exit() would wait for ever for Spring's own hook, which waits until
			// the context has refreshed
			if (shutdown.hasBegun()) {
				throw new StartAbandonedException();
			}
		}
		catch (StartAbandonedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			exitCode.set(fail(beanFactory, output, ex));
			beanFactory.destroySingletons();
		}
		return exitCode.get();
	}

	private int run(MigrationsCommand command, ConfigurableListableBeanFactory beanFactory, CommandOutput output) {
		try {
			return command.run();
		}
		catch (RuntimeException ex) {
			return fail(beanFactory, output, ex);
		}
	}

	private int fail(ConfigurableListableBeanFactory beanFactory, CommandOutput output, RuntimeException ex) {
		CommandFailure failure = new CommandFailures(this.environment, () -> beanFactory.getBean(Migrator.class))
			.describe(ex);
		output.failure(failure);
		return failure.exitCode();
	}

}
