package io.veza.migrations.autoconfigure;

import io.veza.migrations.actuate.LastKnownStatus;
import io.veza.migrations.engine.Migrator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The status that the endpoint, health and metrics of migrations share.
 */
@Configuration(proxyBeanMethods = false)
class MigrationsStatusConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LastKnownStatus migrationsLastStatus(ObjectProvider<Migrator> migrator) {
		return new LastKnownStatus(migrator::getObject);
	}

}
