package io.veza.migrations.execute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.PlanStep;
import io.veza.migrations.history.PreparedHistory;

/**
 * Checks before each migration that the session is as the first one found it, which takes
 * a fraction of the time of putting it back, and lets the session prepare all that is
 * said again and again. A migration that changes its session makes the check of the next
 * one fail; then the session has to be put back, and prepared again.
 * <p>
 * Only for a session that belongs to the run alone, once there are history tables.
 *
 * @param bench what the executions of the run share
 * @param history writes the history
 * @param waits which commits wait until they are on the disk; the others are on it when
 * the next one is that waits
 */
record ShortFraming(Workbench bench, PreparedHistory history, Predicate<PlanStep> waits) implements Framing {

	/** What is put back is to be seen only when that is committed. */
	@Override
	public void prepare(Flight flight) throws FlightFailedException {
		this.bench.inFull().prepare(flight);
		flight.add(Workbench.BEGIN_READ_WRITE)
			.addAll(this.history.prepare())
			.addAll(this.bench.settings().prepareCheck())
			.add(Workbench.COMMIT);
	}

	@Override
	public void open(Flight flight, PlanStep step, boolean first, Duration atLeast) throws FlightFailedException {
		flight.addCheck(SessionCheck.pass(this.bench.lockTimeout(step.section(), atLeast),
				this.bench.statementTimeout(step.section()), this.waits.test(step)), step);
	}

	@Override
	public void recordStarted(Flight flight, PlanStep step) throws FlightFailedException {
		flight.add(this.history.started(step.version()));
	}

	@Override
	public void recordApplied(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException {
		Migration migration = step.migration();
		List<String> records = new ArrayList<>(beforeRecord(step, atLeast));
		if (migration != null) {
			records.addAll(this.history.applied(migration));
		}
		records.addAll(this.bench.companion().record(step));
		flight.addRecord(records, step);
	}

	@Override
	public void recordRemoved(Flight flight, PlanStep step, Duration atLeast) throws FlightFailedException {
		AppliedMigration row = step.applied();
		List<String> records = new ArrayList<>(beforeRecord(step, atLeast));
		if (row != null) {
			records.add(this.history.removed(row));
		}
		flight.addRecord(records, step);
	}

	@Override
	public void recordReverted(Flight flight, PlanStep step, StepCompanion.Proof proof) throws FlightFailedException {
		flight.addRecord(List.of(this.history.reverted(step.version(), Workbench.evidence(step, proof))), step);
	}

	private List<String> beforeRecord(PlanStep step, Duration atLeast) {
		return SessionCheck.own(this.bench.lockTimeout(step.section(), atLeast), this.waits.test(step));
	}

}
