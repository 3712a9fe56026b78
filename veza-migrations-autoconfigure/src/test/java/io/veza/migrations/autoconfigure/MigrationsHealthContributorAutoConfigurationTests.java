package io.veza.migrations.autoconfigure;

import io.veza.migrations.actuate.MigrationsHealthIndicator;
import io.veza.migrations.actuate.ReadinessGroupPostProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner withoutMigrator = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				MigrationsHealthContributorAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutMigrator.withUserConfiguration(MigratorBean.class);

	@Test
	void hasIndicatorThatIsNamedMigrations() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(MigrationsHealthIndicator.class)
			.hasBean("migrationsHealthIndicator")
			.hasSingleBean(ReadinessGroupPostProcessor.class));
	}

	@Test
	void whenDisabledHasNothing() {
		this.runner.withPropertyValues("management.health.migrations.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MigrationsHealthIndicator.class)
				.doesNotHaveBean(ReadinessGroupPostProcessor.class));
	}

	@Test
	void withoutMigratorHasNothing() {
		this.withoutMigrator
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationsHealthIndicator.class));
	}

	@Test
	void withoutActuatorHasIndicatorOnly() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(MigrationsHealthIndicator.class)
				.doesNotHaveBean(ReadinessGroupPostProcessor.class));
	}

	@Test
	void withoutHealthHasNothing() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationsHealthIndicator.class));
	}

}
