package io.veza.migrations.autoconfigure.command;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;

/**
 * The same post-processor, before configuration files are read: for a command that is
 * given as an argument or as an environment variable, so that a file that cannot be read
 * is a failure of the command too.
 */
final class EarlyCommandEnvironmentPostProcessor extends CommandEnvironmentPostProcessor {

	EarlyCommandEnvironmentPostProcessor(BootstrapRegistry registry) {
		super(registry);
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
