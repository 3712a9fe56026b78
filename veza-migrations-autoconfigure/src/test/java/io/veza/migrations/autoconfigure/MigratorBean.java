package io.veza.migrations.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.MigratorOptions;
import io.veza.migrations.source.ResourceMigrationSource;

/**
 * A migrator without a database, for tests that never ask it.
 */
@Configuration(proxyBeanMethods = false)
class MigratorBean {

	@Bean
	Migrator migrator() {
		return new Migrator(
				new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
						List.of("classpath:db/migrations")),
				new PGSimpleDataSource(), MigratorOptions.defaults(), List.of(), ObservationRegistry.NOOP,
				Clock.systemUTC());
	}

}
