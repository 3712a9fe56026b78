package io.veza.migrations.execute.step;

import java.time.Duration;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.StatementPipeline;

/**
 * The statements of ours at the beginning and the end of a migration in its transaction:
 * how it finds its session, and what is recorded of it.
 */
public interface StepBoundary {

	/**
	 * Add what comes before a transaction, in one of its own.
	 * @param pipeline where to add it
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void prepare(StatementPipeline pipeline) throws PipelineFailedException;

	/**
	 * Add what a migration finds when it begins.
	 * @param pipeline where to add it
	 * @param step the migration
	 * @param first whether it is the first one of its transaction
	 * @param minLockTimeout how long to queue for a lock at least
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void open(StatementPipeline pipeline, PlanStep step, boolean first, Duration minLockTimeout)
			throws PipelineFailedException;

	/**
	 * Add what is recorded of a migration before it is taken back.
	 * @param pipeline where to add it
	 * @param step the migration
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void recordStarted(StatementPipeline pipeline, PlanStep step) throws PipelineFailedException;

	/**
	 * Add what is recorded of a migration that was applied.
	 * @param pipeline where to add it
	 * @param step the migration
	 * @param minLockTimeout how long to queue for a lock at least
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void recordApplied(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException;

	/**
	 * Add what takes a migration out of the history.
	 * @param pipeline where to add it
	 * @param step the migration
	 * @param minLockTimeout how long to queue for a lock at least
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void recordRemoved(StatementPipeline pipeline, PlanStep step, Duration minLockTimeout)
			throws PipelineFailedException;

	/**
	 * Add what is recorded of a migration that was taken back.
	 * @param pipeline where to add it
	 * @param step the migration
	 * @param proof what is known of it
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void recordReverted(StatementPipeline pipeline, PlanStep step, StepHooks.Proof proof)
			throws PipelineFailedException;

}
