package io.veza.migrations.execute;

import java.time.Duration;

import io.veza.migrations.PlanStep;

/**
 * What stands around the SQL of migrations in a transaction: what each of them finds when
 * it begins, and what is recorded of it.
 */
interface Framing {

	/**
	 * Add what comes before a transaction, in one of its own.
	 * @param flight where to add it
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void prepare(Flight flight) throws FlightFailedException;

	/**
	 * Add what a migration finds when it begins.
	 * @param flight where to add it
	 * @param step the migration
	 * @param first whether it is the first one of its transaction
	 * @param atLeast how long to queue for a lock at least
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void open(Flight flight, PlanStep step, boolean first, Duration atLeast) throws FlightFailedException;

	/**
	 * Add what is recorded of a migration before it is taken back.
	 * @param flight where to add it
	 * @param step the migration
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void recordStarted(Flight flight, PlanStep step) throws FlightFailedException;

	/**
	 * Add what is recorded of a migration that was applied.
	 * @param flight where to add it
	 * @param step the migration
	 * @param atLeast how long to queue for a lock at least
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void recordApplied(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException;

	/**
	 * Add what takes a migration out of the history.
	 * @param flight where to add it
	 * @param step the migration
	 * @param atLeast how long to queue for a lock at least
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void recordRemoved(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException;

	/**
	 * Add what is recorded of a migration that was taken back.
	 * @param flight where to add it
	 * @param step the migration
	 * @param proof what is known of it
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void recordReverted(Flight flight, PlanStep step, StepCompanion.Proof proof) throws FlightFailedException;

}
