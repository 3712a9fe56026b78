package io.veza.migrations.execute;

import java.sql.SQLException;
import java.time.Duration;

import io.veza.migrations.PlanStep;

/**
 * DOWNs that run in a savepoint of the transaction in which they will run for good.
 *
 * @param bench what to run them with
 * @param flight what sends them
 * @param sender what describes their failures
 * @param first the first migration of the transaction
 * @param lockTimeout how long checks that were put off may queue for a lock
 * @param downs the DOWNs
 */
record SavepointTrial(Workbench bench, Flight flight, SectionSender sender, PlanStep first, Duration lockTimeout,
		Downs downs) implements StepCompanion.Trial {

	private static final String SAVEPOINT = "SAVEPOINT veza_migrations_trial";

	private static final String TAKE_BACK = "ROLLBACK TO SAVEPOINT veza_migrations_trial";

	private static final String RELEASE = "RELEASE SAVEPOINT veza_migrations_trial";

	@Override
	public void run() throws StepFailedException {
		try {
			this.flight.add(SAVEPOINT);
			this.downs.send();
			// whatever role and settings they have left, looking at it is our own
			// business
			this.flight.addAll(this.bench.beforeRecord(this.lockTimeout)).send();
		}
		catch (FlightFailedException ex) {
			throw this.sender.describe(ex, this.first);
		}
	}

	@Override
	public void takeBack() throws SQLException {
		this.bench.executeAlone(TAKE_BACK + ";\n" + RELEASE);
	}

	/**
	 * Sends the DOWNs.
	 */
	@FunctionalInterface
	interface Downs {

		void send() throws FlightFailedException, StepFailedException;

	}

}
