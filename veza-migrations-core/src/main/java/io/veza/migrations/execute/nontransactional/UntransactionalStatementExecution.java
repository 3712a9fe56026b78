package io.veza.migrations.execute.nontransactional;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.MigrationProgress.Attempt;
import io.veza.migrations.PlanStep;
import io.veza.migrations.catalog.IndexActivity;
import io.veza.migrations.execute.ServerErrorKinds;
import io.veza.migrations.execute.pipeline.RunConnection;
import io.veza.migrations.execute.step.HistoryLockedException;
import io.veza.migrations.execute.step.PlanExecutionContext;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Execution of a statement that refuses a transaction. It is noted before it is sent, so
 * that after any death the catalogs tell whether it was done, and what it left behind.
 */
final class UntransactionalStatementExecution {

	private static final Logger logger = LoggerFactory.getLogger(UntransactionalStatementExecution.class);

	private final RunConnection connection;

	private final PlanStep step;

	private final RecordedStepProgress progress;

	private final UntransactionalStatementKinds statements;

	private final InvalidIndexCleanup invalidIndexes;

	UntransactionalStatementExecution(PlanExecutionContext context, PlanStep step, RecordedStepProgress progress) {
		this.connection = context.connection();
		this.step = step;
		this.progress = progress;
		this.statements = new UntransactionalStatementKinds(this.connection.jdbc());
		this.invalidIndexes = new InvalidIndexCleanup(this.connection, context.limits());
	}

	/**
	 * Remove what an attempt has left whose statement is no longer the next one, because
	 * the file was changed.
	 * @param number the number of the statement that comes next
	 * @param checksum its checksum, {@code null} if there is none left
	 * @throws SQLException if that fails
	 * @throws UnsettledStatementException if it needs a human being
	 */
	void settleOther(int number, @Nullable Checksum checksum) throws SQLException, UnsettledStatementException {
		Attempt attempt = this.progress.attempt();
		if (attempt == null || (attempt.statement() == number && attempt.checksum().equals(checksum))) {
			return;
		}
		StatementCatalogFacts before = StatementCatalogFacts.parse(attempt.catalogBefore());
		this.invalidIndexes.remove(this.statements.remembered(before), before);
		this.progress.attemptEnded();
	}

	/**
	 * Run a statement, unless an attempt of whose end nothing is recorded has done it.
	 * @param number its number
	 * @param statement the statement
	 * @param checksum its checksum
	 * @throws SQLException if it fails
	 * @throws HistoryLockedException if another session keeps the history locked
	 * @throws UnsettledStatementException if what an attempt has left needs a human being
	 */
	void run(int number, SqlStatement statement, Checksum checksum)
			throws SQLException, HistoryLockedException, UnsettledStatementException {
		UntransactionalStatement subject = this.statements.of(statement);
		StatementCatalogFacts earlier = earlier();
		if (this.invalidIndexes.remove(subject, earlier)) {
			earlier = new StatementCatalogFacts();
		}
		else if (subject.finished(earlier)) {
			logger.info("Statement {} of version {} was done by an earlier attempt that did not live to record it",
					number, this.step.version());
			return;
		}
		this.progress.attempting(new Attempt(number, checksum, subject.before().toString()));
		send(statement, subject, earlier);
		if (this.invalidIndexes.remove(subject, new StatementCatalogFacts())) {
			send(statement, subject, earlier);
		}
	}

	private StatementCatalogFacts earlier() {
		Attempt attempt = this.progress.attempt();
		return (attempt != null) ? StatementCatalogFacts.parse(attempt.catalogBefore()) : new StatementCatalogFacts();
	}

	/** The session of an attempt that died may live on and do the statement meanwhile. */
	private void send(SqlStatement statement, UntransactionalStatement subject, StatementCatalogFacts earlier)
			throws SQLException, UnsettledStatementException {
		try {
			if (statement.kind() == SqlStatement.Kind.INDEX_CONCURRENTLY) {
				this.connection.executeWithoutTimeouts(subject.sql());
			}
			else {
				this.connection.execute(subject.sql());
			}
		}
		catch (SQLException ex) {
			if (!ServerErrorKinds.isAnswer(ex) || !subject.finished(earlier)) {
				throw ex;
			}
		}
	}

	/**
	 * Remove at once what a statement has left that the server refused.
	 * @param failure the failure
	 * @param statement the statement
	 * @param ex what the driver threw
	 * @return the failure, with what was left and what to do
	 */
	SqlFailure afterFailure(SqlFailure failure, SqlStatement statement, SQLException ex) {
		Attempt attempt = this.progress.attempt();
		if (attempt == null || !ServerErrorKinds.isAnswer(ex)) {
			return failure;
		}
		try {
			StatementCatalogFacts before = StatementCatalogFacts.parse(attempt.catalogBefore());
			List<IndexActivity> left = this.statements.remembered(before).leftovers(before);
			if (left.isEmpty()) {
				this.progress.attemptEnded();
				return advised(failure, statement);
			}
			boolean gone = this.invalidIndexes.tryToRemove(left, ex);
			if (gone) {
				this.progress.attemptEnded();
			}
			return failure
				.withDetail(gone ? "The invalid index " + InvalidIndexCleanup.names(left) + " that it left was dropped."
						: "It left the invalid index " + InvalidIndexCleanup.names(left)
								+ ", which the next run drops and builds again.");
		}
		catch (SQLException unreadable) {
			ex.addSuppressed(unreadable);
			return failure;
		}
	}

	private SqlFailure advised(SqlFailure failure, SqlStatement statement) throws SQLException {
		if (SqlState.DUPLICATE_TABLE.equals(failure.sqlState())
				&& this.statements.of(statement) instanceof ConcurrentIndexBuild build) {
			return build.namesake()
				.filter((index) -> !index.valid())
				.map((index) -> failure.withAdvice(
						"The index that is there is invalid. Unless somebody is building it, DROP INDEX CONCURRENTLY "
								+ index.qualifiedName() + ", then start again."))
				.orElse(failure);
		}
		return failure;
	}

}
