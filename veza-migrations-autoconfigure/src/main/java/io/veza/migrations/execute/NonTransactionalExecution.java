package io.veza.migrations.execute;

import java.io.UncheckedIOException;

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
		this.bench.listener().onStep(step);
		NonTransactionalRun run = new NonTransactionalRun(this.bench, operation, step);
		try (StatementReader reader = step.section().script().open()) {
			run.begin();
			while (reader.hasNext()) {
				run.next(reader);
			}
			Workbench.requireUnchanged(step, reader, run.state());
			run.finish();
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex.failure());
			throw Workbench.historyFailure(ex.failure(), step);
		}
		catch (StepFailedException ex) {
			throw recorded(run, ex);
		}
		catch (UncheckedIOException ex) {
			throw recorded(run,
					new StepFailedException(step, SqlFailures.unreadable(ex, step.file()), run.state(), ex));
		}
	}

	private StepFailedException recorded(NonTransactionalRun run, StepFailedException failure) {
		this.bench.abort(failure);
		run.recordFailure(failure);
		return failure;
	}

}
