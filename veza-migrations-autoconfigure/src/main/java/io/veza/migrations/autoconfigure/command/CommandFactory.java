package io.veza.migrations.autoconfigure.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.source.MigrationSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * A factory of the command that the properties name, from the beans of the application.
 * Errors in the properties are found before there is a connection.
 */
final class CommandFactory {

	private final Binder binder;

	private final String user;

	CommandFactory(Environment environment, String user) {
		this.binder = Binder.get(environment);
		this.user = user;
	}

	MigrationsCommand create(ListableBeanFactory beanFactory, CommandOutput output) {
		CommandName command = command();
		requireMigrator(beanFactory);
		MigrationsProperties properties = beanFactory.getBean(MigrationsProperties.class);
		CommandRequests requests = new CommandRequests(beanFactory.getBean(MigrationsCommandProperties.class),
				properties.baselineVersion(), properties.releaseHeld(), this.user);
		requests.check(command);
		Optional<MigrationSource> source = beanFactory.getBeanProvider(MigrationSource.class).stream().findFirst();
		return new MigrationsCommand(command, beanFactory.getBean(Migrator.class), source, requests, output,
				() -> rehearsal(beanFactory));
	}

	private static RehearsalCommand rehearsal(ListableBeanFactory beanFactory) {
		RehearsalCommand rehearsal = beanFactory.getBeanProvider(RehearsalCommand.class).getIfAvailable();
		if (rehearsal == null) {
			throw new InvalidCommandException("The command \"rehearse\" needs a module that is not on the class path. "
					+ "Add the dependency io.veza:veza-migrations-rehearsal.");
		}
		return rehearsal;
	}

	private CommandName command() {
		String property = MigrationsCommandProperties.PREFIX + ".command";
		try {
			return this.binder.bind(property, CommandName.class).get();
		}
		catch (BindException ex) {
			throw new InvalidCommandException(
					"There is no command \"" + this.binder.bind(property, String.class).get() + "\". Choose one of "
							+ Arrays.stream(CommandName.values())
								.map((command) -> command.name().toLowerCase(Locale.ROOT))
								.collect(Collectors.joining(", "))
							+ ".");
		}
	}

	private void requireMigrator(ListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(Migrator.class, true, false).length == 0) {
			boolean enabled = this.binder.bind(MigrationsCommandProperties.PREFIX + ".enabled", Boolean.class)
				.orElse(true);
			throw new InvalidCommandException(
					enabled ? "There is no database to migrate. Set veza.migrations.url, or define a DataSource bean."
							: "veza.migrations.enabled is false, so that no command can run. Set it to true.");
		}
	}

}
