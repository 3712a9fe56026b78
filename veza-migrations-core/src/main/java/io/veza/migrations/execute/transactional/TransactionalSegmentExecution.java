package io.veza.migrations.execute.transactional;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.LockRetryLoop;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.TransactionObserver;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.HistoryRecordWriter;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.RollbackProver;
import io.veza.migrations.execute.step.StepBoundary;
import io.veza.migrations.execute.step.StepBoundaryChoice;
import io.veza.migrations.execute.step.TransactionBoundarySql;

/**
 * Execution of the migrations of a segment and their history rows in one transaction,
 * pipelined: the number of round trips does not grow with the number of statements.
 */
public final class TransactionalSegmentExecution {

	private static final String NOTHING_DONE = "This run has done nothing of it.";

	private final PlanExecutionContext context;

	private final RunConnection connection;

	private final TransactionBoundarySql sql;

	private final StepBoundaryChoice boundaries;

	private final HistoryRecordWriter history;

	private final LockRetryLoop retries;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 */
	public TransactionalSegmentExecution(PlanExecutionContext context) {
		this.context = context;
		this.connection = context.connection();
		this.sql = context.sql();
		this.boundaries = StepBoundaryChoice.of(context);
		this.history = new HistoryRecordWriter(context);
		this.retries = new LockRetryLoop(context.limits(), context.listener());
	}

	/**
	 * Run migrations.
	 * @param operation whether they are applied or taken back
	 * @param steps the migrations
	 * @throws StepFailedException if one of them fails; none of them is done
	 */
	public void execute(MigrationOperation operation, List<PlanStep> steps) throws StepFailedException {
		PlanStep first = steps.get(0);
		if (operation == MigrationOperation.ROLLBACK) {
			announce(steps);
		}
		try {
			this.retries.run(first, (minLockTimeout) -> attempt(operation, steps, minLockTimeout));
		}
		catch (StepFailedException | RuntimeException ex) {
			boolean known = !(ex instanceof StepFailedException failed) || SectionStatementSender.isKnown(failed);
			if (operation == MigrationOperation.ROLLBACK && known) {
				this.history.writeAfter(first, ex,
						this.context.records().rollbackFailed(steps, String.valueOf(ex.getMessage())));
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
	public void tryOut(List<PlanStep> steps, TransactionObserver before, TransactionObserver after)
			throws StepFailedException {
		PlanStep first = steps.get(0);
		this.retries.run(first,
				(minLockTimeout) -> inTransaction(first, this.boundaries.resetting(), (pipeline, sender) -> {
					pipeline.add(TransactionControlStatements.BEGIN_READ_COMMITTED);
					sender.sendBeginning(first, minLockTimeout);
					pipeline.send();
					before.observe(this.connection.jdbc());
					sendAll(steps, sender, minLockTimeout);
					pipeline.addAll(this.sql.beforeRecord(lockTimeout(first, minLockTimeout))).send();
					after.observe(this.connection.jdbc());
					this.connection.rollBack(TransactionControlStatements.ROLLBACK);
				}));
	}

	/** A rollback leaves a trace even if it never ends. */
	private void announce(List<PlanStep> steps) throws StepFailedException {
		PlanStep first = steps.get(0);
		StepBoundary boundary = boundary(steps);
		try {
			this.history.write(first, (pipeline, lockTimeout) -> {
				boundary.prepare(pipeline);
				pipeline.addAll(this.sql.begin())
					.addAll(this.sql.beforeRecord(lockTimeout))
					.addAll(this.context.preparation().statements());
				for (PlanStep step : steps) {
					boundary.recordStarted(pipeline, step);
				}
				pipeline.add(TransactionControlStatements.COMMIT).send();
			});
		}
		catch (HistoryLockedException ex) {
			throw ex.toStepFailure(first, NOTHING_DONE);
		}
		this.context.preparation().committed();
	}

	private void attempt(MigrationOperation operation, List<PlanStep> steps, Duration minLockTimeout)
			throws StepFailedException {
		try {
			attempt(operation, steps, minLockTimeout, boundary(steps));
		}
		catch (SessionChangedException ex) {
			attempt(operation, steps, minLockTimeout, this.boundaries.resetting());
		}
	}

	/**
	 * What is proved or recorded of each migration leaves settings in the transaction,
	 * which have to be put back before the next one.
	 */
	private StepBoundary boundary(List<PlanStep> steps) {
		boolean checking = steps.size() > 1 && this.connection.isLasting() && !this.context.hooks().each()
				&& this.context.preparation().isDone();
		return checking ? this.boundaries.checking((step) -> true) : this.boundaries.resetting();
	}

	private void attempt(MigrationOperation operation, List<PlanStep> steps, Duration minLockTimeout,
			StepBoundary boundary) throws StepFailedException {
		inTransaction(steps.get(0), boundary, (pipeline, sender) -> {
			boundary.prepare(pipeline);
			if (operation == MigrationOperation.ROLLBACK) {
				pipeline.addBeginning(TransactionControlStatements.BEGIN_READ_COMMITTED, steps.get(0));
				takeBack(steps, pipeline, sender, minLockTimeout, boundary);
			}
			else {
				pipeline.addBeginning(TransactionControlStatements.BEGIN, steps.get(0));
				for (PlanStep step : steps) {
					sender.send(step, step.equals(steps.get(0)), minLockTimeout);
					boundary.recordApplied(pipeline, step, minLockTimeout);
				}
			}
			sender.complete(TransactionControlStatements.COMMIT);
			pipeline.send();
			this.context.preparation().committed();
			this.context.hooks().committed();
		});
	}

	private void inTransaction(PlanStep first, StepBoundary boundary, TransactionBody body) throws StepFailedException {
		try {
			translated(first, boundary, body);
		}
		catch (StepFailedException | RuntimeException ex) {
			this.connection.abort(ex);
			throw ex;
		}
	}

	private void translated(PlanStep first, StepBoundary boundary, TransactionBody body) throws StepFailedException {
		StatementPipeline pipeline = this.connection.pipeline();
		SectionStatementSender sender = new SectionStatementSender(this.context, pipeline, boundary);
		try {
			body.run(pipeline, sender);
		}
		catch (PipelineFailedException ex) {
			throw sender.describe(ex, first);
		}
		catch (SQLException ex) {
			throw sender.describe(ex, first);
		}
		catch (UncheckedIOException ex) {
			throw SectionStatementSender.unreadable(ex, sender.current(first));
		}
	}

	private void takeBack(List<PlanStep> steps, StatementPipeline pipeline, SectionStatementSender sender,
			Duration minLockTimeout, StepBoundary boundary)
			throws PipelineFailedException, StepFailedException, SQLException {
		PlanStep first = steps.get(0);
		StepHooks hooks = this.context.hooks();
		RollbackProver prover = new RollbackProver(this.connection, hooks);
		hooks.begun();
		sender.sendBeginning(first, minLockTimeout);
		if (hooks.keeps()) {
			pipeline.send();
			SavepointRollbackTrial trial = new SavepointRollbackTrial(this.context, pipeline, sender, first,
					lockTimeout(first, minLockTimeout), () -> sendAll(steps, sender, minLockTimeout));
			this.connection.interruptibly(() -> hooks.keep(this.connection.jdbc(), steps, trial));
			pipeline.add(this.sql.markStart());
		}
		for (int index = 0; index < steps.size(); index++) {
			PlanStep step = steps.get(index);
			boolean last = index == steps.size() - 1;
			send(step, index == 0, sender, minLockTimeout);
			boundary.recordRemoved(pipeline, step, minLockTimeout);
			StepHooks.Proof proof = StepHooks.Proof.NONE;
			if (hooks.proves(step, last)) {
				pipeline.send();
				proof = prover.prove(step, last);
			}
			boundary.recordReverted(pipeline, step, proof);
		}
	}

	private void sendAll(List<PlanStep> steps, SectionStatementSender sender, Duration minLockTimeout)
			throws PipelineFailedException, StepFailedException {
		for (int index = 0; index < steps.size(); index++) {
			send(steps.get(index), index == 0, sender, minLockTimeout);
		}
	}

	private static void send(PlanStep step, boolean first, SectionStatementSender sender, Duration minLockTimeout)
			throws PipelineFailedException, StepFailedException {
		if (first) {
			sender.sendRest(step);
		}
		else {
			sender.send(step, false, minLockTimeout);
		}
	}

	private Duration lockTimeout(PlanStep step, Duration minLockTimeout) {
		return this.sql.timeouts().lockTimeout(step.section(), minLockTimeout);
	}

	/**
	 * The statements of a transaction.
	 */
	@FunctionalInterface
	private interface TransactionBody {

		void run(StatementPipeline pipeline, SectionStatementSender sender)
				throws PipelineFailedException, StepFailedException, SQLException;

	}

}
