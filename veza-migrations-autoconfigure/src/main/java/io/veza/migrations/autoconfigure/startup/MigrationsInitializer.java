package io.veza.migrations.autoconfigure.startup;

import org.springframework.beans.factory.InitializingBean;

/**
 * An initializer that migrates before every bean that depends on database initialization.
 */
public final class MigrationsInitializer implements InitializingBean {

	private final StartupMigration migration;

	/**
	 * Create a new instance.
	 * @param migration the migrations of the start
	 */
	public MigrationsInitializer(StartupMigration migration) {
		this.migration = migration;
	}

	@Override
	public void afterPropertiesSet() {
		this.migration.run();
	}

}
