package io.veza.migrations.execute.step;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;

/**
 * A boundary that puts the session back before each migration, whatever the one before
 * has done to it, and depends on nothing that a session may forget.
 *
 * @param sql the statements around those of a migration
 * @param records the records of a migration
 * @param preparation the statements to be run once, before anything is recorded
 */
record ResettingStepBoundary(TransactionBoundarySql sql, StepHistoryRecords records,
		HistoryTablePreparation preparation) implements StepBoundary {

	@Override
	public void prepare(StatementPipeline pipeline) throws PipelineFailedException {
		List<String> before = this.sql.beforeTransaction();
		if (!before.isEmpty()) {
			pipeline.add(TransactionControlStatements.BEGIN_READ_WRITE)
				.addAll(before)
				.add(TransactionControlStatements.COMMIT);
		}
	}

	@Override
	public void open(StatementPipeline pipeline, PlanStep step, boolean first, Duration minLockTimeout)
			throws PipelineFailedException {
		List<String> timeouts = this.sql.timeoutsOfTransaction(step.section(), minLockTimeout);
		pipeline.addAll(first ? this.sql.afterBegin() : this.sql.betweenSteps());
		if (first && !this.preparation.isDone()) {
			pipeline.addAll(timeouts).addAll(this.preparation.statements()).addAll(this.sql.betweenSteps());
		}
		pipeline.addAll(timeouts);
	}

	@Override
	public void recordStarted(StatementPipeline pipeline, PlanStep step) throws PipelineFailedException {
		pipeline.addAll(this.records.rollbackStarted(step));
	}

	@Override
	public void recordApplied(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException {
		beforeRecord(pipeline, step, minLockTimeout);
		pipeline.addRecord(this.records.applied(step), step);
	}

	@Override
	public void recordRemoved(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException {
		beforeRecord(pipeline, step, minLockTimeout);
		pipeline.addRecord(this.records.removed(step), step);
	}

	@Override
	public void recordReverted(StatementPipeline pipeline, PlanStep step, StepHooks.Proof proof)
			throws PipelineFailedException {
		pipeline.addRecord(this.records.reverted(step, proof), step);
	}

	private void beforeRecord(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException {
		Duration lockTimeout = this.sql.timeouts().lockTimeout(step.section(), minLockTimeout);
		pipeline.addRecord(this.sql.beforeRecord(lockTimeout), step);
	}

}
