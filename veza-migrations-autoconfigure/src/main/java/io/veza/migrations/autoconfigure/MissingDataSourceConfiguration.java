package io.veza.migrations.autoconfigure;

import io.veza.migrations.engine.Migrator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The configuration of an application without a database: a warning is all that is left
 * to say.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Migrator.class)
class MissingDataSourceConfiguration {

	@Bean
	MissingDataSourceWarning missingDataSourceWarning() {
		return new MissingDataSourceWarning();
	}

}
