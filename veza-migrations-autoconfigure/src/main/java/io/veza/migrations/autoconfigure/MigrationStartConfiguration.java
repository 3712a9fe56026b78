package io.veza.migrations.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.veza.migrations.autoconfigure.MigrationsProperties.StartupPhase;
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
 * What a start does with the migrator. A child context leaves that to its parent.
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
	MigrationWatch migrationWatch() {
		return new MigrationWatch(() -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(800, 1200)));
	}

	// the bean that holds the availability must hear of each change before the gate does,
	// or the gate's answer would be overwritten
	@Bean
	TrafficGate trafficGate(ApplicationContext context, Migrator migrator, MigrationsProperties properties,
			MigrationWatch watch, ObjectProvider<ApplicationAvailability> availability) {
		availability.getIfAvailable();
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("veza-migrations-gate-");
		executor.setDaemon(true);
		return new TrafficGate(context, migrator, properties.refusesHeld(), watch, executor);
	}

	@Bean
	MigrationShutdown migrationShutdown(ApplicationContext context, Migrator migrator, MigrationWatch watch) {
		return new MigrationShutdown(context, migrator, watch);
	}

	@Bean
	StartupMigration startupMigration(Migrator migrator, MigrationsProperties properties, MigrationWatch watch,
			TrafficGate gate, MigrationShutdown shutdown) {
		return new StartupMigration(migrator, properties, watch, gate, shutdown);
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
