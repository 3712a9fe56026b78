package io.veza.migrations.execute;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;

/**
 * Puts the session back before each migration, whatever the one before has done to it,
 * and depends on nothing that a session may forget.
 *
 * @param bench what the executions of the run share
 */
record FullFraming(Workbench bench) implements Framing {

	@Override
	public void prepare(Flight flight) throws FlightFailedException {
		List<String> before = this.bench.beforeTransaction();
		if (!before.isEmpty()) {
			flight.add(Workbench.BEGIN_READ_WRITE).addAll(before).add(Workbench.COMMIT);
		}
	}

	@Override
	public void open(Flight flight, PlanStep step, boolean first, Duration atLeast) throws FlightFailedException {
		List<String> timeouts = this.bench.timeouts(Workbench.SET_LOCAL, step.section(), atLeast);
		List<String> preparation = this.bench.preparation().statements();
		flight.addAll(first ? this.bench.afterBegin() : this.bench.betweenSteps());
		if (first && !preparation.isEmpty()) {
			flight.addAll(timeouts).addAll(preparation).addAll(this.bench.betweenSteps());
		}
		flight.addAll(timeouts);
	}

	@Override
	public void recordStarted(Flight flight, PlanStep step) throws FlightFailedException {
		flight.add(this.bench.writer().started(MigrationOperation.ROLLBACK, step.version()));
	}

	@Override
	public void recordApplied(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException {
		beforeRecord(flight, step, atLeast);
		flight.addRecord(this.bench.applied(step), step);
	}

	@Override
	public void recordRemoved(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException {
		beforeRecord(flight, step, atLeast);
		flight.addRecord(this.bench.removed(step), step);
	}

	@Override
	public void recordReverted(Flight flight, PlanStep step, StepCompanion.Proof proof) throws FlightFailedException {
		flight.addRecord(this.bench.reverted(step, proof), step);
	}

	private void beforeRecord(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException {
		flight.addRecord(this.bench.beforeRecord(this.bench.lockTimeout(step.section(), atLeast)), step);
	}

}
