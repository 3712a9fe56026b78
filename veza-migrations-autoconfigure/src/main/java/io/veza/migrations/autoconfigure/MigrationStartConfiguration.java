package io.veza.migrations.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.veza.migrations.autoconfigure.startup.ConditionPoller;
import io.veza.migrations.autoconfigure.startup.MigrationRunner;
import io.veza.migrations.autoconfigure.startup.MigrationShutdown;
import io.veza.migrations.autoconfigure.startup.MigrationsInitializer;
import io.veza.migrations.autoconfigure.startup.ReadinessTrafficGate;
import io.veza.migrations.autoconfigure.startup.StartupMigration;
import io.veza.migrations.autoconfigure.startup.StartupPhase;
import io.veza.migrations.engine.Migrator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The configuration of the start. A child context leaves migrations to its parent.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Migrator.class)
@ConditionalOnMissingBean(StartupMigration.class)
class MigrationStartConfiguration {

	@Bean
	static LazyInitializationExcludeFilter eagerMigrationsInitializer() {
		return LazyInitializationExcludeFilter.forBeanTypes(MigrationsInitializer.class);
	}

	@Bean
	ConditionPoller migrationWatch() {
		return new ConditionPoller(() -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(800, 1200)));
	}

	// the bean that holds the availability must hear of each change before the gate does,
	// or the gate's answer would be overwritten
	@Bean
	ReadinessTrafficGate trafficGate(ApplicationContext context, Migrator migrator, MigrationsProperties properties,
			ConditionPoller watch, ObjectProvider<ApplicationAvailability> availability) {
		availability.getIfAvailable();
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("veza-migrations-gate-");
		executor.setDaemon(true);
		return new ReadinessTrafficGate(context, migrator, properties.toStartupOptions().refusesHeld(), watch,
				executor);
	}

	@Bean
	MigrationShutdown migrationShutdown(ApplicationContext context, Migrator migrator, ConditionPoller watch) {
		return new MigrationShutdown(context, migrator, watch);
	}

	@Bean
	StartupMigration startupMigration(Migrator migrator, MigrationsProperties properties, ConditionPoller watch,
			ReadinessTrafficGate gate, MigrationShutdown shutdown) {
		return new StartupMigration(migrator, properties.toStartupOptions(), watch, gate, shutdown);
	}

	@Bean
	@ConditionalOnStartupPhase(StartupPhase.APPLICATION_READY)
	MigrationRunner migrationRunner(ApplicationContext context, StartupMigration migration) {
		return new MigrationRunner(context, migration);
	}

	@Bean
	@ConditionalOnStartupPhase(StartupPhase.DATABASE_INITIALIZATION)
	MigrationsInitializer migrationsInitializer(StartupMigration migration) {
		return new MigrationsInitializer(migration);
	}

	@Bean
	OtherToolsWarning otherToolsWarning(ConfigurableListableBeanFactory beanFactory) {
		return new OtherToolsWarning(beanFactory);
	}

}
