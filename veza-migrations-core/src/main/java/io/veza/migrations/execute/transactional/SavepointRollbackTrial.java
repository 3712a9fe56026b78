package io.veza.migrations.execute.transactional;

import java.sql.SQLException;
import java.time.Duration;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.step.PlanExecutionContext;

/**
 * DOWNs that run in a savepoint of the transaction in which they will run for good.
 *
 * @param context the parts of the run
 * @param pipeline sends them
 * @param sender describes their failures
 * @param first the first migration of the transaction
 * @param lockTimeout how long checks that were put off may queue for a lock
 * @param downs the DOWNs
 */
record SavepointRollbackTrial(PlanExecutionContext context, StatementPipeline pipeline, SectionStatementSender sender,
		PlanStep first, Duration lockTimeout, Downs downs) implements StepHooks.Trial {

	private static final String SAVEPOINT = "SAVEPOINT veza_migrations_trial";

	private static final String TAKE_BACK = "ROLLBACK TO SAVEPOINT veza_migrations_trial";

	private static final String RELEASE = "RELEASE SAVEPOINT veza_migrations_trial";

	@Override
	public void run() throws StepFailedException {
		try {
			this.pipeline.add(SAVEPOINT);
			this.downs.send();
			// the observer does not work under the role and the settings that they left
			this.pipeline.addAll(this.context.sql().beforeRecord(this.lockTimeout)).send();
		}
		catch (PipelineFailedException ex) {
			throw this.sender.describe(ex, this.first);
		}
	}

	@Override
	public void takeBack() throws SQLException {
		this.context.connection().executeOurs(TAKE_BACK + ";\n" + RELEASE);
	}

	/**
	 * Sends the DOWNs.
	 */
	@FunctionalInterface
	interface Downs {

		void send() throws PipelineFailedException, StepFailedException;

	}

}
