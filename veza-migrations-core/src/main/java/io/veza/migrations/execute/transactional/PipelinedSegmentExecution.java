package io.veza.migrations.execute.transactional;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.LockRetryLoop;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepPreconditionCheck;
import io.veza.migrations.execute.pipeline.PipelineEntry;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.execute.step.HistoryRecordWriter;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.StepBoundary;
import io.veza.migrations.execute.step.StepBoundaryChoice;
import io.veza.migrations.failure.MigrationException;

/**
 * Execution of migrations one after the other, each together with its history in a
 * transaction of its own, without waiting for the answer to one before the next is sent:
 * the number of round trips hardly grows with the number of migrations.
 * <p>
 * The server takes nothing that follows a failure, so that what is committed is always a
 * beginning of what was sent, and the driver says where it ends. A migration that does
 * not get a lock in time, or that cannot be applied in a session that has prepared
 * statements, is applied again by itself.
 * <p>
 * PostgreSQL commits all but the last without waiting for the disk. It writes its log in
 * order, so that a server that crashes forgets only the last of them, each with its
 * history row, and the last commit has all of them on the disk before it is reported.
 */
public final class PipelinedSegmentExecution {

	private static final int FIRST_BATCH_SIZE = 8;

	/** The number of small migrations that fit into a pipeline. */
	private static final int MAX_BATCH_SIZE = 30;

	/** Below what is watched with a second connection, and felt by who waits for news. */
	private static final Duration QUICK = Duration.ofMillis(200);

	private static final Duration SLOW = Duration.ofSeconds(1);

	private final PlanExecutionContext context;

	private final RunConnection connection;

	private final StepPreconditionCheck preconditions;

	private final HistoryRecordWriter history;

	private final LockRetryLoop retries;

	private final TransactionalSegmentExecution transactional;

	/** Migrations that are not committed, as far as is known. */
	private final Deque<PlanStep> pending = new ArrayDeque<>();

	/**
	 * Migrations that are committed and not yet reported: listeners may use the session
	 * only between transactions.
	 */
	private final List<PlanStep> committed = new ArrayList<>();

	/** How many migrations travel together. */
	private int batchSize = FIRST_BATCH_SIZE;

	private int unanswered;

	private Instant lastSent = Instant.MIN;

	/** Whether something was committed without waiting for the disk. */
	private boolean durabilityPending;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 * @param transactional applies a migration by itself
	 */
	public PipelinedSegmentExecution(PlanExecutionContext context, TransactionalSegmentExecution transactional) {
		this.context = context;
		this.connection = context.connection();
		this.preconditions = new StepPreconditionCheck(context.limits().cancellation());
		this.history = new HistoryRecordWriter(context);
		this.retries = new LockRetryLoop(context.limits(), context.listener());
		this.transactional = transactional;
	}

	/**
	 * Apply migrations.
	 * @param steps the migrations
	 * @param last the last migration of the run, whose commit waits for the disk
	 * @throws StepFailedException if one of them fails; those before it are applied
	 */
	public void execute(List<PlanStep> steps, PlanStep last) throws StepFailedException {
		this.pending.clear();
		this.pending.addAll(steps);
		if (!this.context.preparation().isDone()) {
			applyNextAlone();
		}
		MigrationVersion lastTried = null;
		while (!this.pending.isEmpty()) {
			MigrationVersion next = this.pending.element().version();
			try {
				if (next.equals(lastTried)) {
					applyNextAlone();
				}
				else {
					lastTried = next;
					sendAll(last);
				}
			}
			catch (SessionChangedException ex) {
				// the next attempt puts it back
			}
			catch (StepFailedException ex) {
				if (!isWithoutLock(ex)) {
					throw ex;
				}
				applyNextAlone();
			}
		}
		if (this.durabilityPending && steps.contains(last)) {
			this.history.awaitDurability();
			this.durabilityPending = false;
		}
	}

	/**
	 * Wait until what was committed is on the disk, before a failure is reported. What
	 * cannot be done is added to the failure: the connection may be gone.
	 * @param failure the failure
	 */
	public void awaitDurability(Exception failure) {
		if (!this.durabilityPending) {
			return;
		}
		try {
			this.history.awaitDurability();
		}
		catch (MigrationException ex) {
			failure.addSuppressed(ex);
			this.connection.abort(failure);
		}
	}

	private static boolean isWithoutLock(StepFailedException failure) {
		return failure.getCause() instanceof SQLException cause && ServerErrorKinds.isLockNotAvailable(cause);
	}

	/** Its commit may not have waited either, if it says so itself. */
	private void applyNextAlone() throws StepFailedException {
		PlanStep step = this.pending.element();
		this.transactional.execute(MigrationOperation.MIGRATE, List.of(step));
		this.pending.remove();
		this.context.listener().onCommitted(List.of(step));
	}

	private void sendAll(PlanStep last) throws StepFailedException {
		StepBoundary boundary = StepBoundaryChoice.of(this.context).checking(last::equals);
		StatementPipeline pipeline = this.connection.pipeline(this::sent, (done) -> answered(done, last));
		SectionStatementSender sender = new SectionStatementSender(this.context, pipeline, boundary);
		this.unanswered = 0;
		try {
			boundary.prepare(pipeline);
			for (PlanStep step : List.copyOf(this.pending)) {
				add(step, pipeline, sender, boundary);
			}
			pipeline.send();
			reportCommitted();
		}
		catch (PipelineFailedException ex) {
			throw failed(ex, sender);
		}
		catch (StepFailedException ex) {
			sendComplete(pipeline, sender, ex);
			throw isUnsent(ex) ? StepFailedException.notBegun(this.pending.element()) : this.retries.describe(ex);
		}
		catch (UncheckedIOException ex) {
			sendComplete(pipeline, sender, ex);
			throw SectionStatementSender.unreadable(ex, sender.current(this.pending.element()));
		}
		catch (RuntimeException ex) {
			this.connection.abort(ex);
			throw ex;
		}
	}

	private void add(PlanStep step, StatementPipeline pipeline, SectionStatementSender sender, StepBoundary boundary)
			throws PipelineFailedException, StepFailedException {
		this.preconditions.requireOpen(this.pending.element());
		pipeline.addBeginning(TransactionControlStatements.BEGIN, step);
		sender.send(step, true, Duration.ZERO);
		boundary.recordApplied(pipeline, step, Duration.ZERO);
		sender.complete(TransactionControlStatements.COMMIT);
		this.unanswered++;
		if (this.unanswered >= this.batchSize || !this.committed.isEmpty()) {
			pipeline.send();
			reportCommitted();
		}
		boolean another = !this.pending.isEmpty() && !step.equals(this.pending.getLast());
		if (sender.hasChangedSession() && another) {
			boundary.prepare(pipeline);
		}
	}

	private StepFailedException failed(PipelineFailedException failure, SectionStatementSender sender) {
		this.connection.abort(failure.failure());
		PlanStep next = this.pending.element();
		reportCommitted();
		if (!ServerErrorKinds.isAnswer(failure.failure())) {
			return sender.lost(failure.failure(), next, this.unanswered > 1);
		}
		return this.retries.describe(sender.describe(failure, next));
	}

	/** The migrations before one that cannot be sent are applied all the same. */
	private void sendComplete(StatementPipeline pipeline, SectionStatementSender sender, Exception failure)
			throws StepFailedException {
		pipeline.dropIncomplete();
		try {
			if (!this.context.limits().cancellation().isRequested()) {
				pipeline.send();
			}
			this.connection.abort(failure);
			reportCommitted();
		}
		catch (PipelineFailedException ex) {
			throw failed(ex, sender);
		}
	}

	/** Whether the migrations before one that was not sent were not sent either. */
	private boolean isUnsent(StepFailedException failure) {
		return failure.getCause() == null && this.context.limits().cancellation().isRequested()
				&& !this.pending.element().version().equals(failure.step().version());
	}

	private void sent(List<SentMigrationStatement> statements) {
		this.lastSent = this.context.limits().clock().instant();
		this.context.listener().onSent(statements);
	}

	private void answered(List<PipelineEntry> done, PlanStep last) {
		for (PipelineEntry entry : done) {
			if (entry.kind() == PipelineEntry.Kind.COMPLETION) {
				PlanStep step = this.pending.remove();
				this.durabilityPending = !step.equals(last);
				this.committed.add(step);
				this.unanswered--;
			}
		}
		adaptBatchSize(Duration.between(this.lastSent, this.context.limits().clock().instant()));
	}

	/** Between transactions: who is told may ask the database. */
	private void reportCommitted() {
		if (!this.committed.isEmpty()) {
			List<PlanStep> steps = List.copyOf(this.committed);
			this.committed.clear();
			this.context.listener().onCommitted(steps);
		}
	}

	/** Those that take their time travel alone, so that each is told when it is done. */
	private void adaptBatchSize(Duration took) {
		if (took.compareTo(QUICK) < 0) {
			this.batchSize = Math.min(this.batchSize * 2, MAX_BATCH_SIZE);
		}
		else if (took.compareTo(SLOW) > 0) {
			this.batchSize = Math.max(this.batchSize / 2, 1);
		}
	}

}
