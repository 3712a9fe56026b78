package io.veza.migrations.execute.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.history.PreparedHistoryWriter;
import io.veza.migrations.session.SessionStateCheck;

/**
 * A boundary that checks before each migration that the session is as the first one found
 * it, which takes a fraction of the time of putting it back, and lets the session prepare
 * all that is said again and again. A migration that changes its session makes the check
 * of the next one fail; then the session has to be put back, and prepared again.
 * <p>
 * Only for a session that belongs to the run alone, once there are history tables.
 */
final class CheckingStepBoundary implements StepBoundary {

	private final StepBoundary resetting;

	private final TransactionBoundarySql sql;

	private final StepHistoryRecords records;

	private final PreparedHistoryWriter history;

	private final Predicate<PlanStep> waits;

	/**
	 * Create a new instance.
	 * @param resetting puts the session back
	 * @param sql the statements around those of a migration
	 * @param records the records of a migration
	 * @param waits which commits wait until they are on the disk; the others are on it
	 * when the next one is that waits
	 */
	CheckingStepBoundary(StepBoundary resetting, TransactionBoundarySql sql, StepHistoryRecords records,
			Predicate<PlanStep> waits) {
		this.resetting = resetting;
		this.sql = sql;
		this.records = records;
		this.history = sql.writer().prepared();
		this.waits = waits;
	}

	/** What is put back is to be seen only when that is committed. */
	@Override
	public void prepare(StatementPipeline pipeline) throws PipelineFailedException {
		this.resetting.prepare(pipeline);
		pipeline.add(TransactionControlStatements.BEGIN_READ_WRITE)
			.addAll(this.history.prepare())
			.addAll(this.sql.settings().prepareCheck())
			.add(TransactionControlStatements.COMMIT);
	}

	@Override
	public void open(StatementPipeline pipeline, PlanStep step, boolean first, Duration minLockTimeout)
			throws PipelineFailedException {
		SectionStatementTimeouts timeouts = this.sql.timeouts();
		pipeline.addCheck(SessionStateCheck.require(timeouts.lockTimeout(step.section(), minLockTimeout),
				timeouts.statementTimeout(step.section()), this.waits.test(step)), step);
	}

	@Override
	public void recordStarted(StatementPipeline pipeline, PlanStep step) throws PipelineFailedException {
		pipeline.add(this.history.started(step.version()));
	}

	@Override
	public void recordApplied(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException {
		Migration migration = step.migration();
		List<String> statements = new ArrayList<>(beforeRecord(step, minLockTimeout));
		if (migration != null) {
			statements.addAll(this.history.applied(migration));
		}
		statements.addAll(this.records.hooks().record(step));
		pipeline.addRecord(statements, step);
	}

	@Override
	public void recordRemoved(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException {
		AppliedMigration row = step.applied();
		List<String> statements = new ArrayList<>(beforeRecord(step, minLockTimeout));
		if (row != null) {
			statements.add(this.history.removed(row));
		}
		pipeline.addRecord(statements, step);
	}

	@Override
	public void recordReverted(StatementPipeline pipeline, PlanStep step, StepHooks.Proof proof)
			throws PipelineFailedException {
		pipeline.addRecord(List.of(this.history.reverted(step.version(), StepHistoryRecords.evidence(step, proof))),
				step);
	}

	private List<String> beforeRecord(PlanStep step, Duration minLockTimeout) {
		return SessionStateCheck.restoreOwn(this.sql.timeouts().lockTimeout(step.section(), minLockTimeout),
				this.waits.test(step));
	}

}
