package io.veza.migrations.autoconfigure.command;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * An environment post-processor that turns the start of an application into that of a
 * command if {@code veza.migrations.command} is set: no web server, no banner, no
 * migrations of the start, and a standard output that only the command reaches.
 */
class CommandEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String COMMAND = MigrationsCommandProperties.PREFIX + ".command";

	private static final String PROPERTY_SOURCE = "vezaMigrationsCommand";

	private static final Map<String, Object> PROPERTIES = Map.of("spring.main.web-application-type", "none",
			"spring.main.lazy-initialization", "true", "spring.main.banner-mode", "off", "spring.main.log-startup-info",
			"false", "veza.migrations.mode", "manual", "veza.migrations.startup-phase", "application-ready");

	private final BootstrapRegistry registry;

	CommandEnvironmentPostProcessor(BootstrapRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getPropertySources().contains(PROPERTY_SOURCE) || !isCommand(environment)) {
			return;
		}
		environment.getPropertySources().addFirst(new MapPropertySource(PROPERTY_SOURCE, PROPERTIES));
		CommandStreams streams = new CommandStreams(DivertedOutput.install(), System.err);
		this.registry.register(CommandStart.class, InstanceSupplier.of(new CommandStart(environment, streams)));
	}

	/** After everything that adds properties. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	private static boolean isCommand(ConfigurableEnvironment environment) {
		return StringUtils.hasText(environment.getProperty(COMMAND));
	}

}
