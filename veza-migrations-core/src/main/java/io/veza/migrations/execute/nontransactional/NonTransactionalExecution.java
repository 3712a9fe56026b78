package io.veza.migrations.execute.nontransactional;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.HistoryFailureTranslator;
import io.veza.migrations.execute.LockRetryLoop;
import io.veza.migrations.execute.SqlFailureReader;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * Execution of a migration statement by statement, with a record after each one that it
 * is done, so that the next run continues where this one stopped. A statement that
 * PostgreSQL allows in a transaction commits together with its record.
 */
public final class NonTransactionalExecution {

	private static final String NOTHING_RUN = "Nothing of this run was done.";

	private static final String DIRECT_CONNECTION = "Set veza.migrations.url to a direct connection to the server.";

	private final PlanExecutionContext context;

	private final SessionSettings settings;

	private final LockRetryLoop retries;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 */
	public NonTransactionalExecution(PlanExecutionContext context) {
		this.context = context;
		this.settings = context.sql().settings();
		this.retries = new LockRetryLoop(context.limits(), context.listener());
	}

	/**
	 * Run a migration.
	 * @param operation whether it is applied or taken back
	 * @param step the migration
	 * @throws StepFailedException if it fails; what was done of it is recorded
	 */
	public void execute(MigrationOperation operation, PlanStep step) throws StepFailedException {
		RecordedStepProgress progress = new RecordedStepProgress(this.context, operation, step);
		NonTransactionalMigration migration = new NonTransactionalMigration(this.context, step, progress);
		try {
			announce(progress, step);
			this.retries.run(step, (minLockTimeout) -> attempt(migration, progress, step, minLockTimeout));
		}
		catch (StepFailedException ex) {
			progress.recordFailure(ex);
			throw ex;
		}
	}

	private static void announce(RecordedStepProgress progress, PlanStep step) throws StepFailedException {
		try {
			progress.announce();
		}
		catch (HistoryLockedException ex) {
			throw ex.toStepFailure(step, NOTHING_RUN);
		}
	}

	/**
	 * Check that each statement can run on this connection.
	 * @param step the migration
	 * @throws StepFailedException if one of them cannot
	 */
	public void check(PlanStep step) throws StepFailedException {
		if (this.settings.lasting()) {
			return;
		}
		boolean inBlock = false;
		try (StatementReader reader = step.section().script().open()) {
			while (reader.hasNext()) {
				SqlStatement statement = reader.next();
				Optional<String> refusal = this.settings.refusal(statement, inBlock);
				if (refusal.isPresent()) {
					throw new StepFailedException(step,
							SqlFailureReader.ours(step.file(), statement, refusal.get(), DIRECT_CONNECTION),
							NOTHING_RUN, null);
				}
				inBlock = inBlock(statement, inBlock);
			}
		}
		catch (UncheckedIOException ex) {
			throw new StepFailedException(step, SqlFailureReader.unreadable(ex, step.file()), NOTHING_RUN, ex);
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
	private void attempt(NonTransactionalMigration migration, RecordedStepProgress progress, PlanStep step,
			Duration minLockTimeout) throws StepFailedException {
		RunConnection connection = this.context.connection();
		this.context.listener().onStep(step);
		try (StatementReader reader = step.section().script().open()) {
			migration.begin(minLockTimeout);
			while (reader.hasNext()) {
				migration.next(reader);
			}
			migration.finish(reader);
		}
		catch (PipelineFailedException ex) {
			connection.abort(ex.failure());
			throw HistoryFailureTranslator.translate(ex.failure(), step);
		}
		catch (StepFailedException ex) {
			connection.abort(ex);
			throw ex;
		}
		catch (UncheckedIOException ex) {
			connection.abort(ex);
			throw new StepFailedException(step, SqlFailureReader.unreadable(ex, step.file()), progress.state(), ex);
		}
	}

}
