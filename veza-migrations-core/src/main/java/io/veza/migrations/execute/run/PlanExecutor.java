package io.veza.migrations.execute.run;

import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.RunSession;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.execute.StepPreconditionCheck;
import io.veza.migrations.execute.TransactionObserver;
import io.veza.migrations.execute.nontransactional.NonTransactionalExecution;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.HistoryRecordWriter;
import io.veza.migrations.execute.step.HistoryTablePreparation;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.SectionStatementTimeouts;
import io.veza.migrations.execute.step.StepHistoryRecords;
import io.veza.migrations.execute.step.TransactionBoundarySql;
import io.veza.migrations.execute.transactional.PipelinedSegmentExecution;
import io.veza.migrations.execute.transactional.TransactionalSegmentExecution;
import io.veza.migrations.history.HistoryWriter;

/**
 * Executor of a plan: it runs the segments on one connection, each together with its
 * history.
 */
public final class PlanExecutor {

	private final TransactionalSegmentExecution transactional;

	private final PipelinedSegmentExecution pipelined;

	private final NonTransactionalExecution nonTransactional;

	private final HistoryRecordWriter history;

	private final PlanExecutionContext context;

	/**
	 * Create a new instance.
	 * @param session the session of the run
	 * @param writer writes the history of the run
	 * @param preparation the statements to be run once, before anything is recorded
	 * @param hooks the hooks into the transactions of migrations
	 * @param limits the limits of the run
	 * @param listener is told how far a segment is
	 */
	public PlanExecutor(RunSession session, HistoryWriter writer, List<String> preparation, StepHooks hooks,
			RunLimits limits, StepListener listener) {
		PlanExecutionContext context = new PlanExecutionContext(
				new RunConnection(session.connection(), session.settings(), limits.interruption(), listener::onSent),
				new TransactionBoundarySql(writer, session.settings(), session.fence(),
						new SectionStatementTimeouts(limits.timeouts())),
				new StepHistoryRecords(writer, hooks), new HistoryTablePreparation(preparation), hooks, limits,
				listener);
		this.context = context;
		this.transactional = new TransactionalSegmentExecution(context);
		this.pipelined = new PipelinedSegmentExecution(context, this.transactional);
		this.nonTransactional = new NonTransactionalExecution(context);
		this.history = new HistoryRecordWriter(context);
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
	public void tryOut(PlanSegment segment, TransactionObserver before, TransactionObserver after)
			throws StepFailedException {
		this.transactional.tryOut(segment.steps(), before, after);
	}

	/**
	 * Run the segments of a plan.
	 * @param operation whether its migrations are applied or taken back
	 * @param segments the segments
	 * @throws StepFailedException if a migration failed
	 * @throws io.veza.migrations.failure.HistoryException if its history could not be
	 * written
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
		if (operation != MigrationOperation.MIGRATE || !this.context.connection().isLasting()) {
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
		new StepPreconditionCheck(this.context.limits().cancellation()).requireOpen(segment.steps().get(0));
		if (segment.transactional()) {
			this.transactional.execute(operation, segment.steps());
		}
		else {
			this.nonTransactional.execute(operation, segment.steps().get(0));
		}
		this.context.listener().onCommitted(segment.steps());
	}

	/**
	 * Write to the history, between segments.
	 * @param records the SQL
	 * @throws io.veza.migrations.failure.HistoryException if that fails
	 */
	public void write(List<String> records) {
		try {
			this.history.write(null, records);
		}
		catch (HistoryLockedException ex) {
			throw ex.toHistoryFailure();
		}
	}

}
