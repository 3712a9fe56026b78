package io.veza.migrations.autoconfigure;

import java.util.List;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.MigrationException;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.autoconfigure.MigrationsProperties.OnFailure;
import io.veza.migrations.autoconfigure.MigrationsProperties.OnHeld;
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
			case MIGRATE -> migrate();
			case VALIDATE -> this.migrator.validate();
			case WAIT -> awaitOthers();
			case MANUAL -> logger.debug("Migrations are left to the operator (veza.migrations.mode=manual)");
		}
	}

	private void migrate() {
		this.migrator.migrate(new MigrateRequest(null, RequestOrigin.APPLICATION, this.properties.releaseHeld()));
		if (this.properties.onHeld() == OnHeld.REFUSE_TRAFFIC) {
			this.gate.refuse(this.migrator.held());
		}
	}

	private void awaitOthers() {
		UpToDate upToDate = new UpToDate();
		if (!upToDate.ask()) {
			logger.info("Waiting until another process has applied all migrations (veza.migrations.mode=wait)");
			if (this.watch.until(upToDate::ask)) {
				logger.info("Nothing is left to apply");
			}
		}
		upToDate.held()
			.forEach((held) -> logger.warn("Version \"{}\" {}, so that it is held and not waited for", held.version(),
					held.story()));
		this.gate.refuse(upToDate.held());
	}

	/**
	 * The question whether nothing is left to apply; a database that cannot be reached is
	 * mentioned once and asked again.
	 */
	private final class UpToDate {

		private boolean warned;

		private List<HeldMigration> held = List.of();

		boolean ask() {
			try {
				boolean answer = StartupMigration.this.migrator.isUpToDate();
				if (answer) {
					this.held = StartupMigration.this.migrator.held();
				}
				return answer;
			}
			catch (DatabaseUnreachableException ex) {
				warn(ex);
				return false;
			}
		}

		/** What was held when the answer was yes. */
		List<HeldMigration> held() {
			return this.held;
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
