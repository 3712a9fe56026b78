package io.veza.migrations.execute;

import java.sql.Connection;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.history.HistoryWriter;

/**
 * Runs the segments of a plan on one connection, each together with its history.
 */
public final class PlanExecutor {

	private final TransactionalExecution transactional;

	private final NonTransactionalExecution nonTransactional;

	/**
	 * Create a new instance.
	 * @param connection the connection that holds the lock of the run, in autocommit mode
	 * @param writer writes the history of the run
	 * @param settings the settings from which each migration starts
	 * @param fence what each transaction begins with, so that no other run takes over
	 * @param preparation what has to be run once, before anything is recorded
	 * @param limits what bounds the run
	 * @param listener is told how far a segment is
	 */
	public PlanExecutor(Connection connection, HistoryWriter writer, SessionSettings settings, List<String> fence,
			List<String> preparation, RunLimits limits, StepListener listener) {
		Workbench bench = new Workbench(connection, writer, settings, List.copyOf(fence), new Preparation(preparation),
				limits, listener);
		this.transactional = new TransactionalExecution(bench);
		this.nonTransactional = new NonTransactionalExecution(bench);
	}

	/**
	 * Run a segment.
	 * @param operation whether it is applied or taken back
	 * @param segment the segment
	 * @throws StepFailedException if a migration of it failed
	 * @throws io.veza.migrations.HistoryException if its history could not be written
	 */
	public void execute(MigrationOperation operation, PlanSegment segment) throws StepFailedException {
		if (segment.transactional()) {
			this.transactional.execute(operation, segment.steps());
		}
		else {
			this.nonTransactional.execute(operation, segment.steps().get(0));
		}
	}

}
