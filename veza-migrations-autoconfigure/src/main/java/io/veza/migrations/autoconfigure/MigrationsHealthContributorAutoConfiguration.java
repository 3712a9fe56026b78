package io.veza.migrations.autoconfigure;

import io.veza.migrations.actuate.LastKnownStatus;
import io.veza.migrations.actuate.MigrationsHealthIndicator;
import io.veza.migrations.actuate.ReadinessGroupPostProcessor;
import io.veza.migrations.autoconfigure.startup.HeldPolicy;
import io.veza.migrations.engine.Migrator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the health contributor {@code migrations}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MigrationsAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration",
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
public final class MigrationsHealthContributorAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Migrator.class)
	@ConditionalOnEnabledHealthIndicator("migrations")
	@Import(MigrationsStatusConfiguration.class)
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "migrationsHealthIndicator")
		MigrationsHealthIndicator migrationsHealthIndicator(Migrator migrator, LastKnownStatus status,
				ObjectProvider<MigrationsProperties> properties) {
			boolean heldAccepted = properties.stream().allMatch((found) -> found.onHeld() == HeldPolicy.ACCEPT_TRAFFIC);
			return new MigrationsHealthIndicator(migrator, status, heldAccepted);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
		static class ReadinessConfiguration {

			@Bean
			@ConditionalOnMissingBean
			static ReadinessGroupPostProcessor migrationsReadinessGroupPostProcessor(Environment environment) {
				return new ReadinessGroupPostProcessor(environment);
			}

		}

	}

}
