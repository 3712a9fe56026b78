package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.time.Duration;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.StatementReader;

/**
 * Runs a migration statement by statement and records after each one that it is done, so
 * that the next run continues where this one stopped. A statement that PostgreSQL allows
 * in a transaction commits together with its record.
 */
final class NonTransactionalExecution {

	private final Workbench bench;

	NonTransactionalExecution(Workbench bench) {
		this.bench = bench;
	}

	void execute(MigrationOperation operation, PlanStep step) throws StepFailedException {
		StepProgress progress = new StepProgress(this.bench, operation, step);
		NonTransactionalRun run = new NonTransactionalRun(this.bench, step, progress);
		try {
			progress.announce();
			this.bench.retries().run(step, (atLeast) -> attempt(run, progress, step, atLeast));
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex.failure());
			throw Workbench.historyFailure(ex.failure(), step);
		}
		catch (StepFailedException ex) {
			progress.recordFailure(ex);
			throw ex;
		}
	}

	/** Each attempt continues where the one before it stopped. */
	private void attempt(NonTransactionalRun run, StepProgress progress, PlanStep step, Duration atLeast)
			throws StepFailedException, FlightFailedException {
		this.bench.listener().onStep(step);
		try (StatementReader reader = step.section().script().open()) {
			run.begin(atLeast);
			while (reader.hasNext()) {
				run.next(reader);
			}
			run.finish(reader);
		}
		catch (StepFailedException ex) {
			this.bench.abort(ex);
			throw ex;
		}
		catch (UncheckedIOException ex) {
			this.bench.abort(ex);
			throw new StepFailedException(step, SqlFailures.unreadable(ex, step.file()), progress.state(), ex);
		}
	}

}
