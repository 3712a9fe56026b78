package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.PlanStep;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.status.RunningOperation;

/**
 * Statements that were sent together and have not been answered.
 *
 * @param attempt tells the attempt to run a migration from those before and after it
 * @param number tells it from everything that is sent before and after it
 * @param since when it was sent
 * @param statements the statements of migrations, in the order in which they run
 */
record StatementInFlight(long attempt, long number, Instant since, List<SentMigrationStatement> statements) {

	StatementInFlight {
		statements = List.copyOf(statements);
	}

	/**
	 * Return where an operation is when this is sent.
	 * @param operation the operation before
	 * @return the operation at the first statement, as long as nobody has looked
	 */
	RunningOperation begun(RunningOperation operation) {
		RunningOperation begun = this.statements.isEmpty() ? operation
				: at(this.statements.get(0), operation, this.since);
		return begun.seen(null, null);
	}

	/**
	 * Return where an operation is.
	 * @param operation the operation before
	 * @param activity what the server shows
	 * @param clock tells when that was
	 * @return the operation
	 */
	RunningOperation seen(RunningOperation operation, SessionActivity activity, Clock clock) {
		String waitingFor = activity.blockers().isEmpty() ? null : SessionDescriptions.describe(activity.blockers());
		return find(operation, activity).map((statement) -> at(statement, operation, clock.instant()))
			.orElse(operation)
			.seen(waitingFor, activity.progress());
	}

	/** Of several statements with the same text it is the next. */
	private Optional<SentMigrationStatement> find(RunningOperation operation, SessionActivity activity) {
		String query = activity.query();
		if (query == null) {
			return Optional.empty();
		}
		return this.statements.stream()
			.dropWhile((statement) -> !operation.isAt(statement.step().version(), statement.number()))
			.filter((statement) -> statement.isShownAs(query))
			.findFirst();
	}

	private static RunningOperation at(SentMigrationStatement statement, RunningOperation operation, Instant since) {
		PlanStep step = statement.step();
		return operation.isAt(step.version(), statement.number()) && operation.statementSince() != null ? operation
				: operation.at(step.version(), statement.number(), step.section().statementCount(), since);
	}

}
