package io.veza.migrations.autoconfigure;

import org.springframework.beans.factory.InitializingBean;

/**
 * Migrates before every bean that depends on database initialization.
 */
final class MigrationsInitializer implements InitializingBean {

	private final StartupMigration migration;

	MigrationsInitializer(StartupMigration migration) {
		this.migration = migration;
	}

	@Override
	public void afterPropertiesSet() {
		this.migration.run();
	}

}
