package io.veza.migrations.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * A warning that there is no database to migrate. A reactive application, which has no
 * DataSource, would otherwise start unmigrated without a word.
 */
final class MissingDataSourceWarning implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(MissingDataSourceWarning.class);

	@Override
	public void afterSingletonsInstantiated() {
		logger.warn("No migrations are run, because there is no DataSource bean. "
				+ "Set veza.migrations.url, define a DataSource bean, or set veza.migrations.enabled=false");
	}

}
