package io.veza.migrations.autoconfigure.startup;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * A listener that migrates when the application is ready: before every other listener,
 * and before Spring Boot lets traffic in. Events of child contexts do not count.
 *
 * @since 0.1.0
 */
public final class MigrationRunner implements ApplicationListener<ApplicationReadyEvent>, Ordered {

	private final ApplicationContext context;

	private final StartupMigration migration;

	/**
	 * Create a new instance.
	 * @param context the context whose readiness counts
	 * @param migration the migrations of the start
	 */
	public MigrationRunner(ApplicationContext context, StartupMigration migration) {
		this.context = context;
		this.migration = migration;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.migration.run();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
