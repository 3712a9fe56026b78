package io.veza.migrations.execute.nontransactional;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.pipeline.PipelineFailedException;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.execute.step.TransactionBoundarySql;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;

/**
 * Execution of the statements of a non-transactional migration, each with the record that
 * it is done: in one transaction where PostgreSQL allows that, else one after the other.
 */
final class RecordedStatementExecution {

	private static final Pattern DISCARD_ALL = Pattern.compile("DISCARD\\s+ALL", Pattern.CASE_INSENSITIVE);

	/** A transaction that goes on without its session, and must not hold our records. */
	private static final Pattern PREPARE_TRANSACTION = Pattern.compile("PREPARE\\b", Pattern.CASE_INSENSITIVE);

	private final RunConnection connection;

	private final TransactionBoundarySql sql;

	private final PlanStep step;

	private final RecordedStepProgress progress;

	private final UntransactionalStatementExecution untransactional;

	/** Records of statements whose transaction block is still open. */
	private final List<String> uncommitted = new ArrayList<>();

	private Duration minLockTimeout = Duration.ZERO;

	private Duration lockTimeout = Duration.ZERO;

	/**
	 * Create a new instance.
	 * @param context the parts of the run
	 * @param step the migration
	 * @param progress what is done of it
	 * @param untransactional runs statements that refuse a transaction
	 */
	RecordedStatementExecution(PlanExecutionContext context, PlanStep step, RecordedStepProgress progress,
			UntransactionalStatementExecution untransactional) {
		this.connection = context.connection();
		this.sql = context.sql();
		this.step = step;
		this.progress = progress;
		this.untransactional = untransactional;
	}

	/**
	 * Begin an attempt.
	 * @param again whether the session has what an earlier attempt of this run has left
	 * there for the statements that follow, such as temporary tables
	 * @param minLockTimeout how long a statement may queue for a lock at least
	 * @throws PipelineFailedException if that fails
	 */
	void begin(boolean again, Duration minLockTimeout) throws PipelineFailedException {
		this.uncommitted.clear();
		this.minLockTimeout = minLockTimeout;
		this.lockTimeout = this.sql.timeouts().lockTimeout(this.step.section(), minLockTimeout);
		if (again) {
			this.connection.pipeline().addAll(this.sql.timeoutsOfSession(this.step.section(), minLockTimeout)).send();
		}
		else {
			prepareSession();
		}
	}

	private void prepareSession() throws PipelineFailedException {
		this.connection.pipeline().addAll(this.sql.beforeStatements(this.step.section(), this.minLockTimeout)).send();
	}

	/**
	 * Run a statement and record that it is done.
	 * @param statement the statement
	 * @param reader the reader that returned it
	 * @param read the checksums of all statements up to this one
	 * @throws SQLException if the statement fails
	 * @throws PipelineFailedException if it fails, or its record does
	 * @throws HistoryLockedException if the record cannot be written for too long
	 * @throws UnsettledStatementException if what an earlier attempt has left needs a
	 * human being
	 */
	void run(SqlStatement statement, StatementReader reader, List<Checksum> read)
			throws SQLException, PipelineFailedException, HistoryLockedException, UnsettledStatementException {
		Checksum checksum = read.get(read.size() - 1);
		String record = this.progress.record(read.size(), checksum);
		if (this.connection.isInTransaction()) {
			runInOpenTransaction(statement, reader, read, record);
			return;
		}
		switch (statement.kind()) {
			case ORDINARY, VALIDATE_CONSTRAINT -> runWithRecord(statement, read, record);
			case QUERY -> {
				begin();
				this.connection.execute(statement.sql());
				commit(statement, read, record);
			}
			case COPY_FROM_STDIN -> {
				begin();
				this.connection.copyIn(statement, reader);
				commit(statement, read, record);
			}
			case BEGIN -> openTransaction(statement, record);
			case REFUSES_TRANSACTION, INDEX_CONCURRENTLY, DETACH_CONCURRENTLY -> {
				this.untransactional.run(read.size(), statement, checksum);
				beginAgainAfter(statement);
				this.progress.save(List.of(record), read);
			}
			case COMMIT, ROLLBACK -> runAlone(statement, read, record);
		}
	}

	/**
	 * Bring the session to where the statements begin, if a statement has discarded that.
	 * @param statement the statement
	 * @throws PipelineFailedException if that fails
	 */
	void beginAgainAfter(SqlStatement statement) throws PipelineFailedException {
		if (DISCARD_ALL.matcher(statement.sql()).matches()) {
			prepareSession();
		}
	}

	private void openTransaction(SqlStatement statement, String record) throws SQLException, PipelineFailedException {
		this.connection.execute(statement.sql());
		this.connection.pipeline().addAll(this.sql.afterBeginOfFile(this.step.section(), this.minLockTimeout)).send();
		this.uncommitted.add(record);
	}

	private void runInOpenTransaction(SqlStatement statement, StatementReader reader, List<Checksum> read,
			String record) throws SQLException, PipelineFailedException, HistoryLockedException {
		this.uncommitted.add(record);
		switch (statement.kind()) {
			case COPY_FROM_STDIN -> this.connection.copyIn(statement, reader);
			case COMMIT -> commitOpenTransaction(statement, read);
			case ROLLBACK -> {
				this.connection.rollBack(statement.sql());
				saveUncommitted(read);
			}
			default -> this.connection.execute(statement.sql());
		}
	}

	private void commitOpenTransaction(SqlStatement statement, List<Checksum> read)
			throws SQLException, PipelineFailedException, HistoryLockedException {
		if (PREPARE_TRANSACTION.matcher(statement.sql()).lookingAt()) {
			this.connection.execute(statement.sql());
			saveUncommitted(read);
			return;
		}
		this.connection.pipeline().addAll(this.sql.beforeRecord(this.lockTimeout)).addAll(this.uncommitted).send();
		this.connection.execute(statement.sql());
		committed(read);
	}

	private void saveUncommitted(List<Checksum> read) throws HistoryLockedException {
		this.progress.save(this.uncommitted, read);
		this.uncommitted.clear();
	}

	private void committed(List<Checksum> read) {
		this.progress.committed(read);
		this.uncommitted.clear();
	}

	private void runWithRecord(SqlStatement statement, List<Checksum> read, String record)
			throws SQLException, PipelineFailedException, HistoryLockedException {
		try {
			this.connection.pipeline()
				.addAll(this.sql.beginStatement(this.step.section(), this.minLockTimeout))
				.add(this.step, read.size(), statement)
				.addAll(this.sql.beforeRecord(this.lockTimeout))
				.add(record)
				.addCompletion(TransactionControlStatements.COMMIT, this.step, statement)
				.send();
			committed(read);
		}
		catch (PipelineFailedException ex) {
			if (!SqlState.REFUSES_TRANSACTION.contains(SqlState.of(ex.failure()))) {
				throw ex;
			}
			this.connection.abort(ex.failure());
			runAlone(statement, read, record);
		}
	}

	private void begin() throws PipelineFailedException {
		this.connection.pipeline().addAll(this.sql.beginStatement(this.step.section(), this.minLockTimeout)).send();
	}

	private void commit(SqlStatement statement, List<Checksum> read, String record) throws PipelineFailedException {
		this.connection.pipeline()
			.addAll(this.sql.beforeRecord(this.lockTimeout))
			.add(record)
			.addCompletion(TransactionControlStatements.COMMIT, this.step, statement)
			.send();
		committed(read);
	}

	private void runAlone(SqlStatement statement, List<Checksum> read, String record)
			throws SQLException, PipelineFailedException, HistoryLockedException {
		this.connection.pipeline().addAll(this.sql.requireLock()).send();
		this.connection.execute(statement.sql());
		this.progress.save(List.of(record), read);
	}

}
