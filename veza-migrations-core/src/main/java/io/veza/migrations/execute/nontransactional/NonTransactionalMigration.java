package io.veza.migrations.execute.nontransactional;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.SqlFailureReader;
import io.veza.migrations.execute.StepFailedException;
import io.veza.migrations.execute.StepFailureReader;
import io.veza.migrations.execute.StepPreconditionCheck;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.Sha256Digest;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * A non-transactional migration while it runs: its statements are compared with those
 * that an earlier run has done, and the others are run.
 */
final class NonTransactionalMigration {

	private static final String CONSTANT = "\\s*E?'(?:[^'\\\\]|'')*+'\\s*";

	/**
	 * Settings that last as long as the session, and not only as long as a transaction;
	 * pg_dump calls the function.
	 */
	private static final Pattern SESSION_SETTING = Pattern.compile(
			"(SET(?!\\s+(LOCAL|TRANSACTION|CONSTRAINTS)\\b)|RESET)\\b|SELECT\\s+(pg_catalog\\s*\\.\\s*)?set_config\\s*\\("
					+ CONSTANT + "," + CONSTANT + ",\\s*\\w+\\s*\\)\\s*\\z",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TIMEOUT = Pattern.compile("(lock|statement)_timeout\\b", Pattern.CASE_INSENSITIVE);

	private static final String RESTORE = "Restore what was done as it was and change only what comes after it, "
			+ "or settle the migration with repair.";

	private final RunConnection connection;

	private final StepPreconditionCheck preconditions;

	private final StepFailureReader failures;

	private final PlanStep step;

	private final RecordedStepProgress progress;

	private final UntransactionalStatementExecution untransactional;

	private final RecordedStatementExecution execution;

	/** The statements that this attempt has read so far. */
	private final List<Checksum> read = new ArrayList<>();

	/** Whether an attempt of this run has begun, in this session. */
	private boolean begun;

	/** Whether the session knows nothing of what was done before this attempt. */
	private boolean resumed;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 * @param step the migration
	 * @param progress what is done of it
	 */
	NonTransactionalMigration(PlanExecutionContext context, PlanStep step, RecordedStepProgress progress) {
		this.connection = context.connection();
		this.preconditions = new StepPreconditionCheck(context.limits().cancellation());
		this.failures = new StepFailureReader(context.limits().rowValuesRedacted());
		this.step = step;
		this.progress = progress;
		this.untransactional = new UntransactionalStatementExecution(context, step, progress);
		this.execution = new RecordedStatementExecution(context, step, progress, this.untransactional);
	}

	/**
	 * Begin an attempt. A later one finds in the session what the earlier ones have left
	 * there for the statements that follow.
	 * @param minLockTimeout how long a statement may queue for a lock at least
	 * @throws PipelineFailedException if that fails
	 */
	void begin(Duration minLockTimeout) throws PipelineFailedException {
		this.read.clear();
		this.resumed = !this.begun;
		this.execution.begin(this.begun, minLockTimeout);
		this.begun = true;
	}

	/**
	 * Run the next statement, unless an earlier run has done it.
	 * @param reader the reader of the statements
	 * @throws StepFailedException if it fails
	 * @throws PipelineFailedException if the history could not be written
	 */
	void next(StatementReader reader) throws StepFailedException, PipelineFailedException {
		SqlStatement statement = reader.next();
		Checksum checksum = Checksum.ofText(Sha256Digest.of(statement.sql()));
		this.read.add(checksum);
		if (this.read.size() <= this.progress.done().size()) {
			requireSame(statement, checksum);
			if (this.resumed || TIMEOUT.matcher(statement.sql()).find()) {
				restoreSession(statement, reader);
			}
			return;
		}
		this.preconditions.requireOpen(this.step, statement, this.progress.state());
		this.connection.announce(this.step, this.read.size(), statement);
		try {
			this.untransactional.settleOther(this.read.size(), checksum);
			this.execution.run(statement, reader, this.read);
		}
		catch (PipelineFailedException ex) {
			if (ex.isOfHistory()) {
				throw ex;
			}
			throw failed(ex.failure(), statement, reader);
		}
		catch (SQLException ex) {
			throw failed(ex, statement, reader);
		}
		catch (HistoryLockedException ex) {
			throw ex.toStepFailure(this.step, this.progress.state());
		}
		catch (UnsettledStatementException ex) {
			throw new StepFailedException(this.step,
					SqlFailureReader.ours(this.step.file(), statement, ex.message(), ex.advice()),
					this.progress.state(), ex);
		}
	}

	private StepFailedException failed(SQLException ex, SqlStatement statement, StatementReader reader) {
		int dataLine = (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) ? reader.copyDataLine() : 0;
		SqlFailure failure = this.failures.read(ex, this.step, statement, dataLine);
		return new StepFailedException(this.step, this.untransactional.afterFailure(failure, statement, ex),
				this.progress.state(), statement, ex);
	}

	/**
	 * End the migration.
	 * @param reader the reader that read its statements
	 * @throws StepFailedException if the file is not what was planned or done, or its end
	 * cannot be recorded
	 */
	void finish(StatementReader reader) throws StepFailedException {
		StepPreconditionCheck.requireUnchanged(this.step, reader, this.progress.state());
		int done = this.progress.done().size();
		if (this.read.size() < done) {
			throw failed(
					done + " statements were done by an earlier run, and there are only " + this.read.size() + " now",
					RESTORE);
		}
		try {
			this.untransactional.settleOther(this.read.size() + 1, null);
			this.progress.finish();
		}
		catch (SQLException ex) {
			throw new StepFailedException(this.step, this.failures.read(ex, this.step), this.progress.state(), ex);
		}
		catch (HistoryLockedException ex) {
			throw ex.toStepFailure(this.step, this.progress.state());
		}
		catch (UnsettledStatementException ex) {
			throw failed(ex.message(), ex.advice());
		}
	}

	private StepFailedException failed(String message, String advice) {
		SqlFailure failure = new SqlFailure(this.step.file(), 0, 0, null, null, message, null, null, null, advice);
		return new StepFailedException(this.step, failure, this.progress.state(), null);
	}

	/**
	 * The session of the earlier run is gone, and with it what its statements had set for
	 * those that follow. In a session that is shared it would reach others, and nothing
	 * that follows needs it: it had ended with its transaction.
	 */
	private void restoreSession(SqlStatement statement, StatementReader reader)
			throws StepFailedException, PipelineFailedException {
		if (!this.connection.isLasting()) {
			return;
		}
		this.execution.beginAgainAfter(statement);
		if (SESSION_SETTING.matcher(statement.sql()).lookingAt()) {
			try {
				this.connection.execute(statement.sql());
			}
			catch (SQLException ex) {
				throw failed(ex, statement, reader);
			}
		}
	}

	private void requireSame(SqlStatement statement, Checksum checksum) throws StepFailedException {
		int number = this.read.size();
		if (!checksum.equals(this.progress.done().get(number - 1))) {
			throw new StepFailedException(this.step, SqlFailureReader.ours(this.step.file(), statement,
					"Statement " + number + " was done by an earlier run, and it has been changed since", RESTORE),
					this.progress.state(), null);
		}
	}

}
