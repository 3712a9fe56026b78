package io.veza.migrations.autoconfigure;

import io.veza.migrations.engine.Migrator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is left to say when there is no database.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Migrator.class)
class MissingDataSourceConfiguration {

	@Bean
	MissingDataSourceWarning missingDataSourceWarning() {
		return new MissingDataSourceWarning();
	}

}
