package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;

/**
 * Runs the migrations of a segment and their history rows in one transaction, pipelined:
 * the number of round trips does not grow with the number of statements.
 */
final class TransactionalExecution {

	private final Workbench bench;

	TransactionalExecution(Workbench bench) {
		this.bench = bench;
	}

	void execute(MigrationOperation operation, List<PlanStep> steps) throws StepFailedException {
		PlanStep first = steps.get(0);
		try {
			if (operation == MigrationOperation.ROLLBACK) {
				announce(steps);
			}
			this.bench.retries().run(first, (atLeast) -> attempt(operation, steps, atLeast));
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex);
			throw Workbench.historyFailure(ex.failure(), first);
		}
		catch (StepFailedException | RuntimeException ex) {
			boolean known = !(ex instanceof StepFailedException failed) || SectionSender.isKnown(failed);
			if (operation == MigrationOperation.ROLLBACK && known) {
				recordFailure(steps, ex);
			}
			throw ex;
		}
	}

	/**
	 * Run the DOWNs of a segment in a transaction that is taken back.
	 * @param steps the migrations
	 * @param before is called in the transaction, before them
	 * @param after is called in the transaction, after them
	 * @throws StepFailedException if one of them fails
	 */
	void tryOut(List<PlanStep> steps, Look before, Look after) throws StepFailedException {
		PlanStep first = steps.get(0);
		try {
			this.bench.retries().run(first, (atLeast) -> inTransaction(first, this.bench.inFull(), (flight, sender) -> {
				flight.add(Workbench.BEGIN_READ_COMMITTED);
				sender.sendBeginning(first, atLeast);
				flight.send();
				before.look(this.bench.connection());
				sendAll(steps, sender, atLeast);
				flight.addAll(this.bench.beforeRecord(this.bench.lockTimeout(first.section(), atLeast))).send();
				after.look(this.bench.connection());
				this.bench.rollBack(Workbench.ROLLBACK);
			}));
		}
		catch (FlightFailedException ex) {
			throw Workbench.historyFailure(ex.failure(), first);
		}
	}

	/** A rollback leaves a trace even if it never ends. */
	private void announce(List<PlanStep> steps) throws FlightFailedException {
		Flight flight = this.bench.flight();
		Framing framing = framing(steps);
		framing.prepare(flight);
		flight.addAll(this.bench.begin())
			.addAll(this.bench.beforeRecord(Duration.ZERO))
			.addAll(this.bench.preparation().statements());
		for (PlanStep step : steps) {
			framing.recordStarted(flight, step);
		}
		flight.add(Workbench.COMMIT).send();
		this.bench.preparation().committed();
	}

	private void attempt(MigrationOperation operation, List<PlanStep> steps, Duration atLeast)
			throws StepFailedException {
		try {
			attempt(operation, steps, atLeast, framing(steps));
		}
		catch (SessionChangedException ex) {
			attempt(operation, steps, atLeast, this.bench.inFull());
		}
	}

	/**
	 * What is proved or recorded of each migration leaves settings in the transaction,
	 * which have to be put back before the next one.
	 */
	private Framing framing(List<PlanStep> steps) {
		return (steps.size() > 1 && this.bench.settings().lasting() && !this.bench.companion().each()
				&& this.bench.preparation().statements().isEmpty()) ? this.bench.inShort((step) -> true)
						: this.bench.inFull();
	}

	private void attempt(MigrationOperation operation, List<PlanStep> steps, Duration atLeast, Framing framing)
			throws StepFailedException {
		inTransaction(steps.get(0), framing, (flight, sender) -> {
			framing.prepare(flight);
			if (operation == MigrationOperation.ROLLBACK) {
				flight.addBeginning(Workbench.BEGIN_READ_COMMITTED, steps.get(0));
				takeBack(steps, flight, sender, atLeast, framing);
			}
			else {
				flight.addBeginning(Workbench.BEGIN, steps.get(0));
				for (PlanStep step : steps) {
					sender.send(step, step.equals(steps.get(0)), atLeast);
					framing.recordApplied(flight, step, atLeast);
				}
			}
			sender.complete(Workbench.COMMIT);
			flight.send();
			this.bench.preparation().committed();
			this.bench.companion().committed();
		});
	}

	private void inTransaction(PlanStep first, Framing framing, Body body) throws StepFailedException {
		try {
			translated(first, framing, body);
		}
		catch (StepFailedException | RuntimeException ex) {
			this.bench.abort(ex);
			throw ex;
		}
	}

	private void translated(PlanStep first, Framing framing, Body body) throws StepFailedException {
		Flight flight = this.bench.flight();
		SectionSender sender = new SectionSender(this.bench, flight, framing);
		try {
			body.run(flight, sender);
		}
		catch (FlightFailedException ex) {
			throw sender.describe(ex, first);
		}
		catch (SQLException ex) {
			throw failed(ex, sender.current(first));
		}
		catch (UncheckedIOException ex) {
			throw SectionSender.unreadable(ex, sender.current(first));
		}
	}

	private void takeBack(List<PlanStep> steps, Flight flight, SectionSender sender, Duration atLeast, Framing framing)
			throws FlightFailedException, StepFailedException, SQLException {
		PlanStep first = steps.get(0);
		StepCompanion companion = this.bench.companion();
		companion.begun();
		sender.sendBeginning(first, atLeast);
		if (companion.keeps()) {
			flight.send();
			Duration lockTimeout = this.bench.lockTimeout(first.section(), atLeast);
			SavepointTrial trial = new SavepointTrial(this.bench, flight, sender, first, lockTimeout,
					() -> sendAll(steps, sender, atLeast));
			this.bench.interruptibly(() -> companion.keep(this.bench.connection(), steps, trial));
			flight.add(this.bench.markStart());
		}
		for (int index = 0; index < steps.size(); index++) {
			PlanStep step = steps.get(index);
			boolean last = index == steps.size() - 1;
			send(step, index == 0, sender, atLeast);
			framing.recordRemoved(flight, step, atLeast);
			StepCompanion.Proof proof = StepCompanion.Proof.NONE;
			if (companion.proves(step, last)) {
				flight.send();
				proof = this.bench.prove(step, last);
			}
			framing.recordReverted(flight, step, proof);
		}
	}

	private void sendAll(List<PlanStep> steps, SectionSender sender, Duration atLeast)
			throws FlightFailedException, StepFailedException {
		for (int index = 0; index < steps.size(); index++) {
			send(steps.get(index), index == 0, sender, atLeast);
		}
	}

	private static void send(PlanStep step, boolean first, SectionSender sender, Duration atLeast)
			throws FlightFailedException, StepFailedException {
		if (first) {
			sender.sendRest(step);
		}
		else {
			sender.send(step, false, atLeast);
		}
	}

	private StepFailedException failed(SQLException ex, PlanStep step) {
		return new StepFailedException(step, this.bench.describe(ex, step, null, 0), SectionSender.stateAfter(ex), ex);
	}

	private void recordFailure(List<PlanStep> steps, Exception failure) {
		String error = String.valueOf(failure.getMessage());
		this.bench.recordFailure(failure,
				steps.stream()
					.map((step) -> this.bench.writer().failed(MigrationOperation.ROLLBACK, step.version(), error))
					.toList());
	}

	/**
	 * What happens in a transaction.
	 */
	@FunctionalInterface
	private interface Body {

		void run(Flight flight, SectionSender sender) throws FlightFailedException, StepFailedException, SQLException;

	}

}
