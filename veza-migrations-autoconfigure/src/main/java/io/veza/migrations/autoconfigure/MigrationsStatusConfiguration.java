package io.veza.migrations.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.veza.migrations.actuate.LastStatus;
import io.veza.migrations.engine.Migrator;

/**
 * What the endpoint, health and metrics of migrations share.
 */
@Configuration(proxyBeanMethods = false)
class MigrationsStatusConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LastStatus migrationsLastStatus(ObjectProvider<Migrator> migrator) {
		return new LastStatus(migrator::getObject);
	}

}
