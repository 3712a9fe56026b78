package io.veza.migrations.autoconfigure.startup;

import java.util.List;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The migrations of a start, as the mode asks for them, and the consequence if they fail.
 */
public final class StartupMigration {

	private static final Logger logger = LoggerFactory.getLogger(StartupMigration.class);

	private final Migrator migrator;

	private final StartupOptions options;

	private final ConditionPoller watch;

	private final ReadinessTrafficGate gate;

	private final MigrationShutdown shutdown;

	/**
	 * Create a new instance.
	 * @param migrator the engine
	 * @param options the options of the start
	 * @param watch asks again and again whether another process has applied all
	 * @param gate refuses traffic
	 * @param shutdown ends migrations early
	 */
	public StartupMigration(Migrator migrator, StartupOptions options, ConditionPoller watch, ReadinessTrafficGate gate,
			MigrationShutdown shutdown) {
		this.migrator = migrator;
		this.options = options;
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
			if (this.options.onFailure() == StartupFailurePolicy.SHUTDOWN) {
				throw new StartFailedException(ex);
			}
			this.gate.refuse(ex);
		}
	}

	private void act() {
		switch (this.options.mode()) {
			case MIGRATE -> migrate();
			case VALIDATE -> this.migrator.validate();
			case WAIT -> awaitOthers();
			case MANUAL -> logger.debug("Migrations are left to the operator (veza.migrations.mode=manual)");
		}
	}

	private void migrate() {
		this.migrator.migrate(new MigrateRequest(null, RequestOrigin.APPLICATION, this.options.releaseHeld()));
		if (this.options.onHeld() == HeldPolicy.REFUSE_TRAFFIC) {
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

		/** The migrations that were held when the answer was yes. */
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
