package io.veza.migrations.execute.transactional;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.HistoryFailureTranslator;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.SqlFailureReader;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepFailureReader;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.execute.StepPreconditionCheck;
import io.veza.migrations.execute.pipeline.PipelineEntry;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.StatementPipeline;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.StepBoundary;
import io.veza.migrations.session.SessionState;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Sender of the statements of migrations in one transaction, pipelined.
 */
final class SectionStatementSender {

	private static final String NOTHING_DONE = "Its transaction was rolled back: nothing of it is in the database.";

	private static final String UNKNOWN = "The server's answer was lost: "
			+ "the transaction is in the database completely or not at all, and the history tells which.";

	private static final String OTHERS = "The same holds for each of those that were sent with it.";

	/** PostgreSQL takes it only before the first query of a transaction. */
	private static final Pattern SET_TRANSACTION = Pattern.compile(
			"SET\\s+((SESSION|LOCAL)\\s+)?TRANSACTION(_ISOLATION|_READ_ONLY|_DEFERRABLE)?\\b",
			Pattern.CASE_INSENSITIVE);

	private final RunConnection connection;

	private final StepListener listener;

	private final StepPreconditionCheck preconditions;

	private final StepFailureReader failures;

	private final StatementPipeline pipeline;

	private final StepBoundary boundary;

	private @Nullable PlanStep current;

	private @Nullable SqlStatement last;

	private boolean changesSession;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 * @param pipeline sends the statements
	 * @param boundary adds what a migration is to find when it begins
	 */
	SectionStatementSender(PlanExecutionContext context, StatementPipeline pipeline, StepBoundary boundary) {
		this.connection = context.connection();
		this.listener = context.listener();
		this.preconditions = new StepPreconditionCheck(context.limits().cancellation());
		this.failures = new StepFailureReader(context.limits().rowValuesRedacted());
		this.pipeline = pipeline;
		this.boundary = boundary;
	}

	/**
	 * Send a migration, with what it is to find when it begins, which comes after the
	 * statements that PostgreSQL takes only at the beginning of a transaction.
	 * @param step the migration
	 * @param first whether it is the first one of its transaction
	 * @param minLockTimeout how long to queue for a lock at least
	 * @throws PipelineFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void send(PlanStep step, boolean first, Duration minLockTimeout)
			throws PipelineFailedException, StepFailedException {
		send(step, (pipeline) -> this.boundary.open(pipeline, step, first, minLockTimeout), Part.ALL);
	}

	/**
	 * Send what PostgreSQL takes only at the beginning of a transaction, and what the
	 * migration is to find.
	 * @param step the first migration of the transaction
	 * @param minLockTimeout how long to queue for a lock at least
	 * @throws PipelineFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void sendBeginning(PlanStep step, Duration minLockTimeout) throws PipelineFailedException, StepFailedException {
		send(step, (pipeline) -> this.boundary.open(pipeline, step, true, minLockTimeout), Part.BEGINNING);
	}

	/**
	 * Send what {@link #sendBeginning} has left.
	 * @param step the first migration of the transaction
	 * @throws PipelineFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void sendRest(PlanStep step) throws PipelineFailedException, StepFailedException {
		send(step, (pipeline) -> {
		}, Part.REST);
	}

	private void send(PlanStep step, Opening opening, Part part) throws PipelineFailedException, StepFailedException {
		this.current = step;
		this.last = null;
		this.listener.onStep(step);
		boolean opened = false;
		try (StatementReader reader = step.section().script().open()) {
			for (int number = 1; reader.hasNext(); number++) {
				SqlStatement statement = reader.next();
				boolean beginning = !opened && SET_TRANSACTION.matcher(statement.sql()).lookingAt();
				if (!beginning && part == Part.BEGINNING) {
					break;
				}
				this.last = statement;
				this.changesSession |= SessionState.isChangedBy(statement);
				this.preconditions.requireOpen(step, statement, NOTHING_DONE);
				if (!beginning && !opened) {
					opening.add(this.pipeline);
					opened = true;
				}
				if (!beginning || part != Part.REST) {
					send(step, number, statement, reader);
				}
			}
			if (part != Part.BEGINNING) {
				StepPreconditionCheck.requireUnchanged(step, reader, NOTHING_DONE);
			}
		}
		if (!opened) {
			opening.add(this.pipeline);
		}
	}

	private void send(PlanStep step, int number, SqlStatement statement, StatementReader reader)
			throws PipelineFailedException, StepFailedException {
		boolean copy = statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN;
		if (!copy && statement.kind() != SqlStatement.Kind.QUERY) {
			this.pipeline.add(step, number, statement);
			return;
		}
		this.pipeline.send();
		this.connection.announce(step, number, statement);
		try {
			if (copy) {
				this.connection.copyIn(statement, reader);
			}
			else {
				this.connection.execute(statement.sql());
			}
		}
		catch (SQLException ex) {
			SqlFailure failure = this.failures.read(ex, step, statement, copy ? reader.copyDataLine() : 0);
			throw new StepFailedException(step, failure, stateAfter(ex), statement, ex);
		}
	}

	/**
	 * Add a statement that completes the transaction: what is deferred fails with it, and
	 * is the failure of the last migration.
	 * @param sql the statement
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	void complete(String sql) throws PipelineFailedException {
		PlanStep step = this.current;
		if (step != null) {
			this.pipeline.addCompletion(sql, step, this.last);
		}
	}

	/**
	 * Return the failure of the migration to which a statement belongs that failed.
	 * @param failed the failure
	 * @param first the first migration of the transaction
	 * @return the failure
	 * @throws io.veza.migrations.failure.MigrationException if it is that of the history
	 * @throws SessionChangedException if it only says that the session has to be put back
	 */
	StepFailedException describe(PipelineFailedException failed, PlanStep first) {
		SQLException cause = failed.failure();
		if (failed.isSessionChanged(this.preconditions.cancellation().isRequested())) {
			throw new SessionChangedException(cause);
		}
		PipelineEntry entry = failed.entry();
		PlanStep step = (entry != null && entry.step() != null) ? entry.step() : current(first);
		if (failed.isOfHistory()) {
			throw HistoryFailureTranslator.translate(cause, step);
		}
		SqlStatement statement = (entry != null) ? entry.statement() : null;
		SqlFailure failure = this.failures.read(cause, step, statement, 0);
		return new StepFailedException(step, failure, stateAfter(cause), statement, cause);
	}

	/**
	 * Return the failure of the migration that was sent last.
	 * @param cause what the driver threw at something that was done besides
	 * @param first the first migration of the transaction
	 * @return the failure
	 */
	StepFailedException describe(SQLException cause, PlanStep first) {
		PlanStep step = current(first);
		return new StepFailedException(step, this.failures.read(cause, step), stateAfter(cause), cause);
	}

	/**
	 * Return whether a migration that was sent since the last call says itself that it
	 * changes its session: a check would fail, or pass because of settings that nobody
	 * knew of before a library was loaded.
	 * @return whether one does
	 */
	boolean hasChangedSession() {
		boolean changed = this.changesSession;
		this.changesSession = false;
		return changed;
	}

	PlanStep current(PlanStep first) {
		return (this.current != null) ? this.current : first;
	}

	/**
	 * Return the failure of a migration of which no answer came.
	 * @param cause the failure
	 * @param step the migration
	 * @param others whether others were sent with it
	 * @return the failure
	 */
	StepFailedException lost(SQLException cause, PlanStep step, boolean others) {
		return new StepFailedException(step, this.failures.read(cause, step), others ? UNKNOWN + " " + OTHERS : UNKNOWN,
				cause);
	}

	/**
	 * Return what is known after a failure.
	 * @param cause the failure
	 * @return a sentence
	 */
	static String stateAfter(SQLException cause) {
		return ServerErrorKinds.isAnswer(cause) ? NOTHING_DONE : UNKNOWN;
	}

	static boolean isKnown(StepFailedException failure) {
		return !failure.state().startsWith(UNKNOWN);
	}

	static StepFailedException unreadable(UncheckedIOException ex, PlanStep step) {
		return new StepFailedException(step, SqlFailureReader.unreadable(ex, step.file()), NOTHING_DONE, ex);
	}

	private enum Part {

		ALL, BEGINNING, REST

	}

	/**
	 * Adds what a migration is to find when it begins.
	 */
	@FunctionalInterface
	private interface Opening {

		void add(StatementPipeline pipeline) throws PipelineFailedException;

	}

}
