package io.veza.migrations.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.PlanStep;
import io.veza.migrations.RunningOperation;
import io.veza.migrations.catalog.SessionPicture;
import io.veza.migrations.execute.SentStatement;

/**
 * What was sent together and has not been answered.
 *
 * @param attempt tells the attempt to run a migration from those before and after it
 * @param number tells it from everything that is sent before and after it
 * @param since when it was sent
 * @param statements the statements of migrations, in the order in which they run
 */
record Sent(long attempt, long number, Instant since, List<SentStatement> statements) {

	Sent {
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
	 * @param picture what the server shows
	 * @param clock tells when that was
	 * @return the operation
	 */
	RunningOperation seen(RunningOperation operation, SessionPicture picture, Clock clock) {
		String waitingFor = picture.blockers().isEmpty() ? null : Sessions.describe(picture.blockers());
		return find(operation, picture).map((statement) -> at(statement, operation, clock.instant()))
			.orElse(operation)
			.seen(waitingFor, picture.progress());
	}

	/** Of several statements with the same text it is the next. */
	private Optional<SentStatement> find(RunningOperation operation, SessionPicture picture) {
		String query = picture.query();
		if (query == null) {
			return Optional.empty();
		}
		return this.statements.stream()
			.dropWhile((statement) -> !operation.isAt(statement.step().version(), statement.number()))
			.filter((statement) -> statement.isShownAs(query))
			.findFirst();
	}

	private static RunningOperation at(SentStatement statement, RunningOperation operation, Instant since) {
		PlanStep step = statement.step();
		return operation.isAt(step.version(), statement.number()) && operation.statementSince() != null ? operation
				: operation.at(step.version(), statement.number(), step.section().statementCount(), since);
	}

}
