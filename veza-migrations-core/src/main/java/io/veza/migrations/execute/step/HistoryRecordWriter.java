package io.veza.migrations.execute.step;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.HistoryFailureTranslator;
import io.veza.migrations.execute.LockRetryAttempts;
import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.execute.pipeline.PipelineEntry;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.session.SessionStateCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer of the history in transactions of its own. A transaction that does not get a
 * lock steps back, so that nobody queues behind it, and is tried again: until the time of
 * the run for locks is over, or the application closes.
 */
public final class HistoryRecordWriter {

	private static final Logger logger = LoggerFactory.getLogger(HistoryRecordWriter.class);

	private final RunConnection connection;

	private final TransactionBoundarySql sql;

	private final StepHistoryRecords records;

	private final RunLimits limits;

	private final StepListener listener;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 */
	public HistoryRecordWriter(PlanExecutionContext context) {
		this.connection = context.connection();
		this.sql = context.sql();
		this.records = context.records();
		this.limits = context.limits();
		this.listener = context.listener();
	}

	/**
	 * Write records in a transaction.
	 * @param step the migration, {@code null} for none
	 * @param statements the SQL of the records
	 * @throws HistoryLockedException if another session keeps the history locked
	 * @throws io.veza.migrations.failure.MigrationException if it fails otherwise
	 */
	public void write(@Nullable PlanStep step, List<String> statements) throws HistoryLockedException {
		write(step,
				(pipeline, lockTimeout) -> pipeline.addAll(this.sql.beginRecord(lockTimeout))
					.addAll(statements)
					.add(TransactionControlStatements.COMMIT)
					.send());
	}

	/**
	 * Write in a transaction that a migration was taken back, with what is proved of it.
	 * @param step the migration
	 * @param statements the SQL of the records that come before the proof
	 * @throws HistoryLockedException if another session keeps the history locked
	 * @throws io.veza.migrations.failure.MigrationException if it fails otherwise
	 */
	public void writeProved(PlanStep step, List<String> statements) throws HistoryLockedException {
		StepHooks hooks = this.records.hooks();
		write(step, (pipeline, lockTimeout) -> {
			hooks.begun();
			pipeline.addAll(this.sql.beginRecord(lockTimeout)).addAll(statements);
			StepHooks.Proof proof = StepHooks.Proof.NONE;
			if (hooks.proves(step, true)) {
				pipeline.send();
				proof = prove(step);
			}
			pipeline.addAll(this.records.reverted(step, proof)).add(TransactionControlStatements.COMMIT).send();
		});
		hooks.committed();
	}

	private StepHooks.Proof prove(PlanStep step) throws PipelineFailedException {
		try {
			return new RollbackProver(this.connection, this.records.hooks()).prove(step, true);
		}
		catch (SQLException ex) {
			throw new PipelineFailedException(ex, null);
		}
	}

	/**
	 * Write something in a transaction.
	 * @param step the migration, {@code null} for none
	 * @param transaction the transaction, from its beginning to its commit
	 * @throws HistoryLockedException if another session keeps the history locked
	 * @throws io.veza.migrations.failure.MigrationException if it fails otherwise
	 */
	public void write(@Nullable PlanStep step, RecordTransaction transaction) throws HistoryLockedException {
		LockRetryAttempts attempts = attempts(step);
		Duration minLockTimeout = Duration.ZERO;
		while (true) {
			try {
				transaction.send(this.connection.pipeline(), lockTimeout(step, minLockTimeout));
				return;
			}
			catch (PipelineFailedException ex) {
				requireLocked(step, ex);
				LockRetryAttempts.Next next = attempts.failed(sql(ex));
				if (next.decision() != LockRetryAttempts.Decision.TRY_AGAIN) {
					throw new HistoryLockedException(ex.failure(), next);
				}
				minLockTimeout = next.minLockTimeout();
			}
		}
	}

	/** The catalogs are asked who is in the way, which an aborted transaction refuses. */
	private void requireLocked(@Nullable PlanStep step, PipelineFailedException ex) {
		this.connection.abort(ex.failure());
		if (!ServerErrorKinds.isLockNotAvailable(ex.failure())) {
			throw HistoryFailureTranslator.translate(ex.failure(), step);
		}
	}

	private static @Nullable String sql(PipelineFailedException ex) {
		PipelineEntry entry = ex.entry();
		return (entry != null) ? entry.sql() : null;
	}

	private LockRetryAttempts attempts(@Nullable PlanStep step) {
		return new LockRetryAttempts(this.limits, (attempt, pause, blockers) -> {
			if (step != null) {
				this.listener.onLockRetry(step, new LockRetry(step.version(), attempt, pause, blockers));
			}
			else {
				logger.info("The history was locked (attempt {}), trying again in {} ms. In the way: {}", attempt,
						pause.toMillis(), blockers);
			}
		});
	}

	/**
	 * A run that may wait for locks for ever steps back all the same, to end if asked.
	 */
	private Duration lockTimeout(@Nullable PlanStep step, Duration minLockTimeout) {
		Duration usual = (step != null) ? this.sql.timeouts().lockTimeout(step.section(), minLockTimeout)
				: this.limits.timeouts().lockTimeout();
		Duration finite = usual.isZero() ? StatementTimeouts.defaults().lockTimeout() : usual;
		return (finite.compareTo(minLockTimeout) >= 0) ? finite : minLockTimeout;
	}

	/**
	 * Write records in a transaction, after a failure. What cannot be written is added to
	 * the failure: the connection may be gone with it. If locks were waited for as long
	 * as the run may, or the application closes, it is tried once.
	 * @param step the migration
	 * @param failure the failure
	 * @param statements the SQL of the records
	 */
	public void writeAfter(PlanStep step, Throwable failure, List<String> statements) {
		try {
			if (hasWaitedForLocks(failure) || this.limits.cancellation().isRequested()) {
				writeOnce(step, statements);
			}
			else {
				write(step, statements);
			}
		}
		catch (PipelineFailedException ex) {
			failure.addSuppressed(ex.failure());
			this.connection.abort(failure);
		}
		catch (HistoryLockedException | RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	private static boolean hasWaitedForLocks(Throwable failure) {
		Throwable cause = failure.getCause();
		return cause instanceof HistoryLockedException
				|| (cause instanceof SQLException ex && ServerErrorKinds.isLockNotAvailable(ex));
	}

	private void writeOnce(PlanStep step, List<String> statements) throws PipelineFailedException {
		this.connection.pipeline()
			.addAll(this.sql.beginRecord(lockTimeout(step, Duration.ZERO)))
			.addAll(statements)
			.add(TransactionControlStatements.COMMIT)
			.send();
	}

	/**
	 * Wait until everything that was committed is on the disk.
	 * @throws io.veza.migrations.failure.MigrationException if the server does not say so
	 */
	public void awaitDurability() {
		try {
			this.connection.pipeline()
				.add(TransactionControlStatements.BEGIN_READ_WRITE)
				.add(SessionStateCheck.awaitEarlierCommits())
				.add(TransactionControlStatements.COMMIT)
				.send();
		}
		catch (PipelineFailedException ex) {
			throw HistoryFailureTranslator.translate(ex.failure(), null);
		}
	}

	/**
	 * A transaction that writes to the history.
	 */
	@FunctionalInterface
	public interface RecordTransaction {

		/**
		 * Send it. Called for each attempt.
		 * @param pipeline an empty pipeline
		 * @param lockTimeout how long the attempt may queue for a lock
		 * @throws PipelineFailedException if a statement fails
		 */
		void send(StatementPipeline pipeline, Duration lockTimeout) throws PipelineFailedException;

	}

}
