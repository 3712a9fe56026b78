package io.veza.migrations.autoconfigure;

import java.util.Set;

import io.veza.migrations.autoconfigure.startup.MigrationsInitializer;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/**
 * A detector of the {@link MigrationsInitializer}. Flyway and Liquibase come before it,
 * as they do when migrations wait for the ready event.
 */
final class MigrationsInitializerDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {

	@Override
	protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
		return Set.of(MigrationsInitializer.class);
	}

	@Override
	public int getOrder() {
		return 2;
	}

}
