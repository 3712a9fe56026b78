package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;

/**
 * Runs a migration statement by statement and records after each one that it is done, so
 * that the next run continues where this one stopped. A statement that PostgreSQL allows
 * in a transaction commits together with its record.
 */
final class NonTransactionalExecution {

	private static final String NOTHING_RUN = "Nothing of this run was done.";

	private static final String DIRECT_CONNECTION = "Set veza.migrations.url to a direct connection to the server.";

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

	/**
	 * Check that each statement can run on this connection.
	 * @param step the migration
	 * @throws StepFailedException if one of them cannot
	 */
	void check(PlanStep step) throws StepFailedException {
		if (this.bench.settings().lasting()) {
			return;
		}
		boolean inBlock = false;
		try (StatementReader reader = step.section().script().open()) {
			while (reader.hasNext()) {
				SqlStatement statement = reader.next();
				Optional<String> refusal = this.bench.settings().refusal(statement, inBlock);
				if (refusal.isPresent()) {
					throw new StepFailedException(step,
							SqlFailures.ours(step.file(), statement, refusal.get(), DIRECT_CONNECTION), NOTHING_RUN,
							null);
				}
				inBlock = inBlock(statement, inBlock);
			}
		}
		catch (UncheckedIOException ex) {
			throw new StepFailedException(step, SqlFailures.unreadable(ex, step.file()), NOTHING_RUN, ex);
		}
	}

	private static boolean inBlock(SqlStatement statement, boolean before) {
		return switch (statement.kind()) {
			case BEGIN -> true;
			case COMMIT, ROLLBACK -> false;
			case ORDINARY, QUERY, COPY_FROM_STDIN, VALIDATE_CONSTRAINT, INDEX_CONCURRENTLY, DETACH_CONCURRENTLY,
					REFUSES_TRANSACTION ->
				before;
		};
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
