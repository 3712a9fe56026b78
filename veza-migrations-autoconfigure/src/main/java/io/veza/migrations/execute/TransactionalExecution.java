package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs the migrations of a segment and their history rows in one transaction, pipelined:
 * the number of round trips does not grow with the number of statements.
 */
final class TransactionalExecution {

	private static final String NOTHING_DONE = "Its transaction was rolled back: nothing of it is in the database.";

	private static final String UNKNOWN = "The server's answer was lost: "
			+ "the transaction is in the database completely or not at all, and the history tells which.";

	/** PostgreSQL takes it only before the first query of a transaction. */
	private static final Pattern SET_TRANSACTION = Pattern.compile("SET\\s+((SESSION|LOCAL)\\s+)?TRANSACTION(\\b|_)",
			Pattern.CASE_INSENSITIVE);

	private final Workbench bench;

	TransactionalExecution(Workbench bench) {
		this.bench = bench;
	}

	void execute(MigrationOperation operation, List<PlanStep> steps) throws StepFailedException {
		PlanStep first = steps.get(0);
		try {
			if (operation == MigrationOperation.ROLLBACK) {
				announce(operation, steps);
			}
			this.bench.retries().run(first, (atLeast) -> attempt(operation, steps, atLeast));
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex);
			throw Workbench.historyFailure(ex.failure(), first);
		}
		catch (StepFailedException | RuntimeException ex) {
			boolean unknown = ex instanceof StepFailedException failed && UNKNOWN.equals(failed.state());
			if (operation == MigrationOperation.ROLLBACK && !unknown) {
				recordFailure(steps, ex);
			}
			throw ex;
		}
	}

	/** A rollback leaves a trace even if it never ends. */
	private void announce(MigrationOperation operation, List<PlanStep> steps) throws FlightFailedException {
		Flight flight = this.bench.flight().addAll(this.bench.begin()).addAll(this.bench.beforeRecord(Duration.ZERO));
		flight.addAll(this.bench.preparation().statements());
		for (PlanStep step : steps) {
			flight.add(this.bench.writer().started(operation, step.version()));
		}
		flight.add(Workbench.COMMIT).send();
		this.bench.preparation().committed();
	}

	private void attempt(MigrationOperation operation, List<PlanStep> steps, Duration atLeast)
			throws StepFailedException {
		try {
			executeAll(operation, steps, atLeast);
		}
		catch (StepFailedException | RuntimeException ex) {
			this.bench.abort(ex);
			throw ex;
		}
	}

	private void executeAll(MigrationOperation operation, List<PlanStep> steps, Duration atLeast)
			throws StepFailedException {
		Flight flight = this.bench.flight();
		PlanStep current = steps.get(0);
		SqlStatement last = null;
		try {
			List<String> before = this.bench.beforeTransaction();
			if (!before.isEmpty()) {
				flight.add(Workbench.BEGIN_READ_WRITE).addAll(before).add(Workbench.COMMIT);
			}
			flight.add(Workbench.BEGIN);
			for (PlanStep step : steps) {
				current = step;
				last = run(operation, step, flight, opening(step, step.equals(steps.get(0)), atLeast), atLeast);
			}
			// a deferred constraint fails here, and is the failure of the last migration
			flight.addCompletion(Workbench.COMMIT, current, last).send();
			this.bench.preparation().committed();
		}
		catch (FlightFailedException ex) {
			throw failed(current, ex);
		}
		catch (UncheckedIOException ex) {
			throw new StepFailedException(current, SqlFailures.unreadable(ex, current.file()), NOTHING_DONE, ex);
		}
	}

	/** What a migration finds when it begins. */
	private List<String> opening(PlanStep step, boolean first, Duration atLeast) {
		List<String> statements = new ArrayList<>(first ? this.bench.afterBegin() : this.bench.betweenSteps());
		statements.addAll(this.bench.timeouts(Workbench.SET_LOCAL, step.section(), atLeast));
		if (first) {
			statements.addAll(this.bench.preparation().statements());
		}
		return statements;
	}

	private @Nullable SqlStatement run(MigrationOperation operation, PlanStep step, Flight flight, List<String> opening,
			Duration atLeast) throws FlightFailedException, StepFailedException {
		this.bench.listener().onStep(step);
		SqlStatement last = null;
		boolean opened = false;
		try (StatementReader reader = step.section().script().open()) {
			for (int number = 1; reader.hasNext(); number++) {
				last = reader.next();
				this.bench.requireGoingOn(step, last, NOTHING_DONE);
				if (!opened && !SET_TRANSACTION.matcher(last.sql()).lookingAt()) {
					flight.addAll(opening);
					opened = true;
				}
				send(step, number, last, reader, flight);
			}
			Workbench.requireUnchanged(step, reader, NOTHING_DONE);
		}
		if (!opened) {
			flight.addAll(opening);
		}
		flight.addRecord(this.bench.beforeRecord(this.bench.lockTimeout(step.section(), atLeast)), step)
			.addRecord(this.bench.record(operation, step), step);
		return last;
	}

	private void send(PlanStep step, int number, SqlStatement statement, StatementReader reader, Flight flight)
			throws FlightFailedException, StepFailedException {
		boolean copy = statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN;
		if (!copy && statement.kind() != SqlStatement.Kind.QUERY) {
			flight.add(step, number, statement);
			return;
		}
		flight.send();
		this.bench.announce(step, number, statement);
		try {
			if (copy) {
				this.bench.copyIn(statement, reader);
			}
			else {
				this.bench.execute(statement.sql());
			}
		}
		catch (SQLException ex) {
			SqlFailure failure = SqlFailures.describe(ex, step.file(), statement, copy ? reader.copyDataLine() : 0);
			throw new StepFailedException(step, failure, stateAfter(ex), statement, ex);
		}
	}

	private static StepFailedException failed(PlanStep current, FlightFailedException failed) {
		SQLException cause = failed.failure();
		Flight.Entry entry = failed.entry();
		PlanStep step = (entry != null && entry.step() != null) ? entry.step() : current;
		if (entry != null && entry.ours() && !LockRetries.comesFromOutside(cause)) {
			throw Workbench.historyFailure(cause, step);
		}
		SqlStatement statement = (entry != null) ? entry.statement() : null;
		SqlFailure failure = (statement != null) ? SqlFailures.describe(cause, step.file(), statement, 0)
				: SqlFailures.withoutPlace(cause, step.file());
		return new StepFailedException(step, failure, stateAfter(cause), statement, cause);
	}

	private static String stateAfter(SQLException cause) {
		return Workbench.answered(cause) ? NOTHING_DONE : UNKNOWN;
	}

	private void recordFailure(List<PlanStep> steps, Exception failure) {
		String error = String.valueOf(failure.getMessage());
		this.bench.recordFailure(failure,
				steps.stream()
					.map((step) -> this.bench.writer().failed(MigrationOperation.ROLLBACK, step.version(), error))
					.toList());
	}

}
