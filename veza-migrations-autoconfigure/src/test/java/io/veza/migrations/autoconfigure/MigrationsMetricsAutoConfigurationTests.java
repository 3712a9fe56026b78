package io.veza.migrations.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.veza.migrations.actuate.LastKnownStatus;
import io.veza.migrations.actuate.MigrationsMetrics;
import io.veza.migrations.engine.MigrationListener;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsMetricsAutoConfigurationTests {

	private final ApplicationContextRunner withoutRegistry = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MigrationsMetricsAutoConfiguration.class))
		.withUserConfiguration(MigratorBean.class);

	private final ApplicationContextRunner runner = this.withoutRegistry.withBean(SimpleMeterRegistry.class);

	@Test
	void hasMetricsThatListenToRuns() {
		this.runner.run((context) -> assertThat(context.getBeansOfType(MigrationListener.class).values())
			.hasExactlyElementsOfTypes(LastKnownStatus.class, MigrationsMetrics.class));
	}

	@Test
	void withoutRegistryHasNone() {
		this.withoutRegistry.run((context) -> assertThat(context).doesNotHaveBean(MigrationsMetrics.class));
	}

	@Test
	void withoutMicrometerHasNone() {
		this.withoutRegistry.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("migrationsMetrics"));
	}

}
