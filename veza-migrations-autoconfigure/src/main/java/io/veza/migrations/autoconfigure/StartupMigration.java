package io.veza.migrations.autoconfigure;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.MigrationException;
import io.veza.migrations.autoconfigure.MigrationsProperties.OnFailure;
import io.veza.migrations.engine.Migrator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does with migrations: what {@code veza.migrations.mode} says, and when
 * that fails, what {@code veza.migrations.on-failure} says.
 */
final class StartupMigration {

	private static final Logger logger = LoggerFactory.getLogger(StartupMigration.class);

	private final Migrator migrator;

	private final MigrationsProperties properties;

	private final MigrationWatch watch;

	private final TrafficGate gate;

	private final MigrationShutdown shutdown;

	StartupMigration(Migrator migrator, MigrationsProperties properties, MigrationWatch watch, TrafficGate gate,
			MigrationShutdown shutdown) {
		this.migrator = migrator;
		this.properties = properties;
		this.watch = watch;
		this.gate = gate;
		this.shutdown = shutdown;
	}

	/**
	 * Return when the application may go on.
	 * @throws StartFailedException if it must not
	 * @throws StartAbandonedException if the application closes
	 */
	void run() {
		this.shutdown.guard(this::start);
		if (this.shutdown.hasBegun()) {
			throw new StartAbandonedException();
		}
	}

	private void start() {
		try {
			act();
		}
		catch (MigrationException ex) {
			if (this.shutdown.hasBegun()) {
				logger.warn(ex.getMessage());
				return;
			}
			if (this.properties.onFailure() == OnFailure.SHUTDOWN) {
				throw new StartFailedException(ex);
			}
			this.gate.refuse(ex);
		}
	}

	private void act() {
		switch (this.properties.mode()) {
			case MIGRATE -> this.migrator.migrate(MigrateRequest.all());
			case VALIDATE -> this.migrator.validate();
			case WAIT -> awaitOthers();
			case MANUAL -> logger.debug("Migrations are left to the operator (veza.migrations.mode=manual)");
		}
	}

	private void awaitOthers() {
		UpToDate upToDate = new UpToDate();
		if (upToDate.ask()) {
			return;
		}
		logger.info("Waiting until another process has applied all migrations (veza.migrations.mode=wait)");
		if (this.watch.until(upToDate::ask)) {
			logger.info("All migrations are applied");
		}
	}

	/**
	 * The question whether all migrations are applied; a database that cannot be reached
	 * is mentioned once and asked again.
	 */
	private final class UpToDate {

		private boolean warned;

		boolean ask() {
			try {
				return StartupMigration.this.migrator.isUpToDate();
			}
			catch (DatabaseUnreachableException ex) {
				warn(ex);
				return false;
			}
		}

		private void warn(DatabaseUnreachableException ex) {
			if (!this.warned) {
				logger.warn("The database cannot be reached while waiting for migrations, trying again. {}",
						ex.getMessage());
				this.warned = true;
			}
		}

	}

}
