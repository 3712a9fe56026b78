package io.veza.migrations.autoconfigure;

import io.veza.migrations.engine.Migrator;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A migrator without a database, for tests that never ask it.
 */
@Configuration(proxyBeanMethods = false)
class MigratorBean {

	@Bean
	Migrator migrator() {
		return Migrator.builder(new PGSimpleDataSource()).build();
	}

}
