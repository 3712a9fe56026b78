package io.veza.migrations.autoconfigure;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application that tests run in a JVM of its own, so that it can be ended from
 * outside.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ ApplicationAvailabilityAutoConfiguration.class, DataSourceAutoConfiguration.class,
		MigrationsAutoConfiguration.class })
class TerminatedApplication {

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(TerminatedApplication.class).web(WebApplicationType.NONE).run(arguments);
	}

}
