package io.veza.migrations.actuate;

import java.time.Instant;
import java.util.stream.Stream;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.actuate.descriptor.VerificationDescriptor;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.OperationRunningException;
import io.veza.migrations.failure.PlanChangedException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.failure.VerificationFailedException;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.status.MigrationEvent;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A translator of exceptions to problem details.
 *
 * @since 0.1.0
 */
public final class ProblemTranslator {

	private static final Logger logger = LoggerFactory.getLogger(ProblemTranslator.class);

	private static final String TYPE = "urn:veza:migrations:";

	private static final int BAD_REQUEST = 400;

	private static final int NOT_FOUND = 404;

	private static final int SERVER_ERROR = 500;

	private static final int UNAVAILABLE = 503;

	private final LastKnownStatus status;

	/**
	 * Create a new instance.
	 * @param status reads where the database stands after a failure
	 */
	public ProblemTranslator(LastKnownStatus status) {
		this.status = status;
	}

	/**
	 * Describe an application that is not configured for what it was asked.
	 * @param detail what is wrong and what to do
	 * @return the problem
	 */
	public static ProblemDescriptor invalidConfiguration(String detail) {
		return new ProblemDescriptor.PlainProblem(TYPE + "invalid-configuration", "Invalid configuration", BAD_REQUEST,
				detail, null);
	}

	/**
	 * Describe an exception that is none of ours.
	 * @param detail what happened
	 * @return the problem
	 */
	public static ProblemDescriptor unexpected(String detail) {
		return new ProblemDescriptor.PlainProblem(TYPE + "unexpected", "Unexpected failure", SERVER_ERROR, detail,
				null);
	}

	ProblemDescriptor describe(InvalidArgumentsException ex) {
		return new ProblemDescriptor.ListedProblems(TYPE + "invalid-arguments", "Invalid arguments", BAD_REQUEST,
				message(ex), null, ex.problems());
	}

	ProblemDescriptor describe(NotFoundException ex) {
		return new ProblemDescriptor.PlainProblem(TYPE + "not-found", "Not found", NOT_FOUND, message(ex), null);
	}

	ProblemDescriptor describe(DetachedException ex) {
		return new ProblemDescriptor.PlainProblem(TYPE + "detached", "The operation goes on", UNAVAILABLE, message(ex),
				null);
	}

	/**
	 * Describe what the engine refuses or what failed. The types that carry more than a
	 * text say it in members of their own.
	 * @param ex what it threw
	 * @return the problem
	 */
	public ProblemDescriptor describe(MigrationException ex) {
		String state = (ex.status() != UNAVAILABLE) ? state() : null;
		if (ex instanceof MigrationFailedException failed) {
			return failed(failed, state);
		}
		if (ex instanceof OperationRunningException busy) {
			RunningOperation running = busy.running();
			return busy(ex, state, running.requestedBy(), running.since(), null);
		}
		if (ex instanceof LockNotObtainedException busy) {
			return busy(ex, state, busy.last().map(MigrationEvent::requestedBy).orElse(null),
					busy.last().map(MigrationEvent::occurredAt).orElse(null), busy.holder());
		}
		if (ex instanceof HistoryFailedException failed) {
			return new ProblemDescriptor.HistoryFailedProblem(type(ex), ex.title(), ex.status(), message(ex), state,
					failed.sqlState());
		}
		if (ex instanceof PlanChangedException changed) {
			return new ProblemDescriptor.PlanChangedProblem(type(ex), ex.title(), ex.status(), message(ex), state,
					changed.changed(), PlanDescriptor.of(changed.outlook()));
		}
		if (ex instanceof VerificationFailedException differs) {
			return new ProblemDescriptor.VerificationProblem(type(ex), ex.title(), ex.status(), message(ex), state,
					VerificationDescriptor.of(differs.verification()));
		}
		if (ex instanceof PlanRefusedException refused) {
			return several(ex, state, refused.plan().problems().stream().map(PlanProblem::message));
		}
		if (ex instanceof InvalidMigrationsException invalid) {
			return several(ex, state, invalid.problems().stream().map(FileProblem::toString));
		}
		return new ProblemDescriptor.PlainProblem(type(ex), ex.title(), ex.status(), message(ex), state);
	}

	private static ProblemDescriptor busy(MigrationException ex, @Nullable String state, @Nullable String requestedBy,
			@Nullable Instant since, @Nullable String holder) {
		return new ProblemDescriptor.BusyProblem(type(ex), ex.title(), ex.status(), message(ex), state, requestedBy,
				(since != null) ? since.toString() : null, holder);
	}

	private static ProblemDescriptor several(MigrationException ex, @Nullable String state, Stream<String> problems) {
		return new ProblemDescriptor.ListedProblems(type(ex), ex.title(), ex.status(), message(ex), state,
				problems.toList());
	}

	private static ProblemDescriptor failed(MigrationFailedException ex, @Nullable String state) {
		SqlFailure failure = ex.failure();
		MigrationReport report = ex.report();
		MigrationVersion version = report.failed();
		return new ProblemDescriptor.MigrationFailedProblem(type(ex), ex.title(), ex.status(), message(ex), state,
				report.operationId().toString(), (version != null) ? version.text() : null, failure.file(),
				failure.line(), failure.column(), failure.sourceLine(), failure.sqlState(), failure.hint(),
				failure.context(), failure.advice(), ReportDescriptor.MigrationOutcome.listOf(report),
				report.notTried().stream().map(MigrationVersion::text).toList());
	}

	private static String type(MigrationException ex) {
		return TYPE + ex.type().id();
	}

	private @Nullable String state() {
		try {
			return this.status.read().state().id();
		}
		catch (RuntimeException ex) {
			logger.debug("The state of the database cannot be told with the problem", ex);
			return null;
		}
	}

	private static String message(Exception ex) {
		String message = ex.getMessage();
		return (message != null) ? message : ex.toString();
	}

}
