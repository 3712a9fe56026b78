package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;

import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Sends the statements of migrations in one transaction, pipelined.
 */
final class SectionSender {

	private static final String NOTHING_DONE = "Its transaction was rolled back: nothing of it is in the database.";

	private static final String UNKNOWN = "The server's answer was lost: "
			+ "the transaction is in the database completely or not at all, and the history tells which.";

	private static final String OTHERS = "The same holds for each of those that were sent with it.";

	/** PostgreSQL takes it only before the first query of a transaction. */
	private static final Pattern SET_TRANSACTION = Pattern.compile(
			"SET\\s+((SESSION|LOCAL)\\s+)?TRANSACTION(_ISOLATION|_READ_ONLY|_DEFERRABLE)?\\b",
			Pattern.CASE_INSENSITIVE);

	private final Workbench bench;

	private final Flight flight;

	private final Framing framing;

	private @Nullable PlanStep current;

	private @Nullable SqlStatement last;

	private boolean changesSession;

	SectionSender(Workbench bench, Flight flight, Framing framing) {
		this.bench = bench;
		this.flight = flight;
		this.framing = framing;
	}

	/**
	 * Send a migration, with what it is to find when it begins, which comes after the
	 * statements that PostgreSQL takes only at the beginning of a transaction.
	 * @param step the migration
	 * @param first whether it is the first one of its transaction
	 * @param atLeast how long to queue for a lock at least
	 * @throws FlightFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void send(PlanStep step, boolean first, Duration atLeast) throws FlightFailedException, StepFailedException {
		send(step, (flight) -> this.framing.open(flight, step, first, atLeast), Part.ALL);
	}

	/**
	 * Send what PostgreSQL takes only at the beginning of a transaction, and what the
	 * migration is to find.
	 * @param step the first migration of the transaction
	 * @param atLeast how long to queue for a lock at least
	 * @throws FlightFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void sendBeginning(PlanStep step, Duration atLeast) throws FlightFailedException, StepFailedException {
		send(step, (flight) -> this.framing.open(flight, step, true, atLeast), Part.BEGINNING);
	}

	/**
	 * Send what {@link #sendBeginning} has left.
	 * @param step the first migration of the transaction
	 * @throws FlightFailedException if what was sent fails
	 * @throws StepFailedException if a statement that is sent alone fails
	 */
	void sendRest(PlanStep step) throws FlightFailedException, StepFailedException {
		send(step, (flight) -> {
		}, Part.REST);
	}

	private void send(PlanStep step, Opening opening, Part part) throws FlightFailedException, StepFailedException {
		this.current = step;
		this.last = null;
		this.bench.listener().onStep(step);
		boolean opened = false;
		try (StatementReader reader = step.section().script().open()) {
			for (int number = 1; reader.hasNext(); number++) {
				SqlStatement statement = reader.next();
				boolean beginning = !opened && SET_TRANSACTION.matcher(statement.sql()).lookingAt();
				if (!beginning && part == Part.BEGINNING) {
					break;
				}
				this.last = statement;
				this.changesSession |= SessionBelongings.areChangedBy(statement);
				this.bench.requireGoingOn(step, statement, NOTHING_DONE);
				if (!beginning && !opened) {
					opening.add(this.flight);
					opened = true;
				}
				if (!beginning || part != Part.REST) {
					send(step, number, statement, reader);
				}
			}
			if (part != Part.BEGINNING) {
				Workbench.requireUnchanged(step, reader, NOTHING_DONE);
			}
		}
		if (!opened) {
			opening.add(this.flight);
		}
	}

	private void send(PlanStep step, int number, SqlStatement statement, StatementReader reader)
			throws FlightFailedException, StepFailedException {
		boolean copy = statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN;
		if (!copy && statement.kind() != SqlStatement.Kind.QUERY) {
			this.flight.add(step, number, statement);
			return;
		}
		this.flight.send();
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
			SqlFailure failure = this.bench.describe(ex, step, statement, copy ? reader.copyDataLine() : 0);
			throw new StepFailedException(step, failure, stateAfter(ex), statement, ex);
		}
	}

	/**
	 * Add a statement that completes the transaction: what is deferred fails with it, and
	 * is the failure of the last migration.
	 * @param sql the statement
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	void complete(String sql) throws FlightFailedException {
		PlanStep step = this.current;
		if (step != null) {
			this.flight.addCompletion(sql, step, this.last);
		}
	}

	/**
	 * Return the failure of the migration to which a statement belongs that failed.
	 * @param failed the failure
	 * @param first the first migration of the transaction
	 * @return the failure
	 * @throws io.veza.migrations.MigrationException if it is that of the history
	 * @throws SessionChangedException if it only says that the session has to be put back
	 */
	StepFailedException describe(FlightFailedException failed, PlanStep first) {
		SQLException cause = failed.failure();
		if (failed.sessionChanged(this.bench.limits().cancellation().isRequested())) {
			throw new SessionChangedException(cause);
		}
		Flight.Entry entry = failed.entry();
		PlanStep step = (entry != null && entry.step() != null) ? entry.step() : current(first);
		if (entry != null && entry.ours() && !LockRetries.comesFromOutside(cause)) {
			throw Workbench.historyFailure(cause, step);
		}
		SqlStatement statement = (entry != null) ? entry.statement() : null;
		SqlFailure failure = this.bench.describe(cause, step, statement, 0);
		return new StepFailedException(step, failure, stateAfter(cause), statement, cause);
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
		return new StepFailedException(step, this.bench.describe(cause, step, null, 0),
				others ? UNKNOWN + " " + OTHERS : UNKNOWN, cause);
	}

	/**
	 * Return what is known after a failure.
	 * @param cause the failure
	 * @return a sentence
	 */
	static String stateAfter(SQLException cause) {
		return Workbench.answered(cause) ? NOTHING_DONE : UNKNOWN;
	}

	static boolean isKnown(StepFailedException failure) {
		return !failure.state().startsWith(UNKNOWN);
	}

	static StepFailedException unreadable(UncheckedIOException ex, PlanStep step) {
		return new StepFailedException(step, SqlFailures.unreadable(ex, step.file()), NOTHING_DONE, ex);
	}

	private enum Part {

		ALL, BEGINNING, REST

	}

	/**
	 * Adds what a migration is to find when it begins.
	 */
	@FunctionalInterface
	private interface Opening {

		void add(Flight flight) throws FlightFailedException;

	}

}
