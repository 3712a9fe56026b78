package io.veza.migrations.execute;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.Checksum;
import io.veza.migrations.MigrationProgress.Attempt;
import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.catalog.IndexState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a statement that refuses a transaction. It is noted before it is sent, so that
 * after any death the catalogs tell whether it was done, and what it left behind.
 */
final class LoneExecution {

	private static final Logger logger = LoggerFactory.getLogger(LoneExecution.class);

	private static final String ALREADY_THERE = "42P07";

	private final Workbench bench;

	private final PlanStep step;

	private final StepProgress progress;

	private final LoneStatements statements;

	private final InvalidIndexes invalidIndexes;

	LoneExecution(Workbench bench, PlanStep step, StepProgress progress) {
		this.bench = bench;
		this.step = step;
		this.progress = progress;
		this.statements = new LoneStatements(bench.connection());
		this.invalidIndexes = new InvalidIndexes(bench);
	}

	/**
	 * Remove what an attempt has left whose statement is no longer the next one, because
	 * the file was changed.
	 * @param number the number of the statement that comes next
	 * @param checksum its checksum, {@code null} if there is none left
	 * @throws SQLException if that fails
	 * @throws UnsettledException if it needs a human being
	 */
	void settleOther(int number, @Nullable Checksum checksum) throws SQLException, UnsettledException {
		Attempt attempt = this.progress.attempt();
		if (attempt == null || (attempt.statement() == number && attempt.checksum().equals(checksum))) {
			return;
		}
		CatalogBefore before = CatalogBefore.parse(attempt.catalogBefore());
		this.invalidIndexes.remove(this.statements.remembered(before), before);
		this.progress.attemptEnded();
	}

	/**
	 * Run a statement, unless an attempt of whose end nothing is recorded has done it.
	 * @param number its number
	 * @param statement the statement
	 * @param checksum its checksum
	 * @throws SQLException if it fails
	 * @throws FlightFailedException if the history could not be written
	 * @throws UnsettledException if what an attempt has left needs a human being
	 */
	void run(int number, SqlStatement statement, Checksum checksum)
			throws SQLException, FlightFailedException, UnsettledException {
		LoneStatement lone = this.statements.of(statement);
		CatalogBefore earlier = earlier();
		if (this.invalidIndexes.remove(lone, earlier)) {
			earlier = new CatalogBefore();
		}
		else if (lone.finished(earlier)) {
			logger.info("Statement {} of version {} was done by an earlier attempt that did not live to record it",
					number, this.step.version());
			return;
		}
		this.progress.attempting(new Attempt(number, checksum, lone.before().toString()));
		send(statement, lone, earlier);
		if (this.invalidIndexes.remove(lone, new CatalogBefore())) {
			send(statement, lone, earlier);
		}
	}

	private CatalogBefore earlier() {
		Attempt attempt = this.progress.attempt();
		return (attempt != null) ? CatalogBefore.parse(attempt.catalogBefore()) : new CatalogBefore();
	}

	/** The session of an attempt that died may live on and do the statement meanwhile. */
	private void send(SqlStatement statement, LoneStatement lone, CatalogBefore earlier)
			throws SQLException, UnsettledException {
		try {
			if (statement.kind() == SqlStatement.Kind.INDEX_CONCURRENTLY) {
				this.bench.executeUnhurried(lone.sql());
			}
			else {
				this.bench.execute(lone.sql());
			}
		}
		catch (SQLException ex) {
			if (!Workbench.answered(ex) || !lone.finished(earlier)) {
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
		if (attempt == null || !Workbench.answered(ex)) {
			return failure;
		}
		try {
			CatalogBefore before = CatalogBefore.parse(attempt.catalogBefore());
			List<IndexState> left = this.statements.remembered(before).leftovers(before);
			if (left.isEmpty()) {
				this.progress.attemptEnded();
				return advised(failure, statement);
			}
			boolean gone = this.invalidIndexes.tryToRemove(left, ex);
			if (gone) {
				this.progress.attemptEnded();
			}
			return failure
				.withDetail(gone ? "The invalid index " + InvalidIndexes.names(left) + " that it left was dropped."
						: "It left the invalid index " + InvalidIndexes.names(left)
								+ ", which the next run drops and builds again.");
		}
		catch (SQLException unreadable) {
			ex.addSuppressed(unreadable);
			return failure;
		}
	}

	private SqlFailure advised(SqlFailure failure, SqlStatement statement) throws SQLException {
		if (ALREADY_THERE.equals(failure.sqlState()) && this.statements.of(statement) instanceof IndexBuild build) {
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
