package io.veza.migrations.execute;

import java.sql.Connection;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.history.HistoryWriter;

/**
 * Runs the segments of a plan on one connection, each together with its history.
 */
public final class PlanExecutor {

	private final TransactionalExecution transactional;

	private final PipelinedExecution pipelined;

	private final NonTransactionalExecution nonTransactional;

	private final Workbench bench;

	/**
	 * Create a new instance.
	 * @param connection the connection that holds the lock of the run, in autocommit mode
	 * @param writer writes the history of the run
	 * @param settings the settings from which each migration starts
	 * @param fence what keeps other runs out of each transaction
	 * @param preparation what has to be run once, before anything is recorded
	 * @param companion what happens besides
	 * @param limits what bounds the run
	 * @param listener is told how far a segment is
	 */
	public PlanExecutor(Connection connection, HistoryWriter writer, SessionSettings settings, RunFence fence,
			List<String> preparation, StepCompanion companion, RunLimits limits, StepListener listener) {
		Workbench bench = new Workbench(connection, writer, settings, fence, new Preparation(preparation), companion,
				limits, listener);
		this.bench = bench;
		this.transactional = new TransactionalExecution(bench);
		this.pipelined = new PipelinedExecution(bench, this.transactional);
		this.nonTransactional = new NonTransactionalExecution(bench);
	}

	/**
	 * Check that each statement can run on this connection. Nothing is executed.
	 * @param segments the segments
	 * @throws StepFailedException if one of them cannot
	 */
	public void check(List<PlanSegment> segments) throws StepFailedException {
		for (PlanSegment segment : segments) {
			if (!segment.transactional()) {
				this.nonTransactional.check(segment.steps().get(0));
			}
		}
	}

	/**
	 * Run the DOWNs of a transactional segment in a transaction that is taken back.
	 * @param segment the segment
	 * @param before is called in the transaction, before them
	 * @param after is called in the transaction, after them
	 * @throws StepFailedException if one of them fails
	 */
	public void tryOut(PlanSegment segment, Look before, Look after) throws StepFailedException {
		this.transactional.tryOut(segment.steps(), before, after);
	}

	/**
	 * Run the segments of a plan.
	 * @param operation whether its migrations are applied or taken back
	 * @param segments the segments
	 * @throws StepFailedException if a migration failed
	 * @throws io.veza.migrations.HistoryException if its history could not be written
	 */
	public void execute(MigrationOperation operation, List<PlanSegment> segments) throws StepFailedException {
		try {
			for (int index = 0; index < segments.size(); index++) {
				List<PlanStep> together = pipelined(operation, segments.subList(index, segments.size()));
				if (together.size() > 1) {
					this.pipelined.execute(together, last(segments));
					index += together.size() - 1;
				}
				else {
					execute(operation, segments.get(index));
				}
			}
		}
		catch (StepFailedException | RuntimeException ex) {
			this.pipelined.awaitDurability(ex);
			throw ex;
		}
	}

	/** The migrations with which a plan begins that need not wait for each other. */
	private List<PlanStep> pipelined(MigrationOperation operation, List<PlanSegment> segments) {
		if (operation != MigrationOperation.MIGRATE || !this.bench.settings().lasting()) {
			return List.of();
		}
		return segments.stream()
			.takeWhile((segment) -> segment.transactional() && segment.steps().size() == 1)
			.map((segment) -> segment.steps().get(0))
			.toList();
	}

	private static PlanStep last(List<PlanSegment> segments) {
		List<PlanStep> steps = segments.get(segments.size() - 1).steps();
		return steps.get(steps.size() - 1);
	}

	private void execute(MigrationOperation operation, PlanSegment segment) throws StepFailedException {
		this.bench.requireGoingOn(segment.steps().get(0));
		if (segment.transactional()) {
			this.transactional.execute(operation, segment.steps());
		}
		else {
			this.nonTransactional.execute(operation, segment.steps().get(0));
		}
		this.bench.listener().onCommitted(segment.steps());
	}

	/**
	 * Write to the history, between segments.
	 * @param records the SQL
	 * @throws io.veza.migrations.HistoryException if that fails
	 */
	public void write(List<String> records) {
		try {
			this.bench.writeAlone(records);
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex.failure());
			throw Workbench.historyFailure(ex.failure(), null);
		}
	}

}
