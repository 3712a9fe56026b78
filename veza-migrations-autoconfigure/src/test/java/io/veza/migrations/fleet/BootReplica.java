package io.veza.migrations.fleet;

import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring Boot application without a web server, which says when its readiness changes
 * and ends when it is up.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ ApplicationAvailabilityAutoConfiguration.class, DataSourceAutoConfiguration.class,
		MigrationsAutoConfiguration.class })
class BootReplica {

	static final String WAITING = "Waiting until another process has applied all migrations";

	static String readiness(ReadinessState state) {
		return "readiness: " + state;
	}

	@Bean
	ApplicationListener<AvailabilityChangeEvent<ReadinessState>> readinessListener() {
		return (event) -> System.out.println(readiness(event.getState()));
	}

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(BootReplica.class).web(WebApplicationType.NONE).run(arguments).close();
	}

}
