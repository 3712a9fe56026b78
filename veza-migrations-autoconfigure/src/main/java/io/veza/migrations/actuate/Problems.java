package io.veza.migrations.actuate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.veza.migrations.BackupFailedException;
import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.LockNotObtainedException;
import io.veza.migrations.MigrationEvent;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationFailedException;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.MigratorClosedException;
import io.veza.migrations.OperationRunningException;
import io.veza.migrations.PlanChangedException;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanRefusedException;
import io.veza.migrations.RestoreFailedException;
import io.veza.migrations.RunningOperation;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.VerificationFailedException;

/**
 * Translates exceptions to problem details.
 *
 * @since 0.1.0
 */
public final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private static final String TYPE = "urn:veza:migrations:";

	private static final int BAD_REQUEST = 400;

	private static final int NOT_FOUND = 404;

	private static final int CONFLICT = 409;

	private static final int UNPROCESSABLE = 422;

	private static final int SERVER_ERROR = 500;

	private static final int UNAVAILABLE = 503;

	private final LastStatus status;

	/**
	 * Create a new instance.
	 * @param status reads where the database stands after a failure
	 */
	public Problems(LastStatus status) {
		this.status = status;
	}

	/**
	 * Describe an application that is not configured for what it was asked.
	 * @param detail what is wrong and what to do
	 * @return the problem
	 */
	public static ProblemDescriptor invalidConfiguration(String detail) {
		return new ProblemDescriptor.Simple(TYPE + "invalid-configuration", "Invalid configuration", BAD_REQUEST,
				detail, null);
	}

	/**
	 * Describe what nobody thought of.
	 * @param detail what happened
	 * @return the problem
	 */
	public static ProblemDescriptor unexpected(String detail) {
		return new ProblemDescriptor.Simple(TYPE + "unexpected", "Unexpected failure", SERVER_ERROR, detail, null);
	}

	ProblemDescriptor describe(InvalidArgumentsException ex) {
		return new ProblemDescriptor.Several(TYPE + "invalid-arguments", "Invalid arguments", BAD_REQUEST, message(ex),
				null, ex.problems());
	}

	ProblemDescriptor describe(NotFoundException ex) {
		return new ProblemDescriptor.Simple(TYPE + "not-found", "Not found", NOT_FOUND, message(ex), null);
	}

	ProblemDescriptor describe(DetachedException ex) {
		return new ProblemDescriptor.Simple(TYPE + "detached", "The operation goes on", UNAVAILABLE, message(ex), null);
	}

	/**
	 * Describe what the engine refuses or what failed.
	 * @param ex what it threw
	 * @return the problem
	 */
	public ProblemDescriptor describe(MigrationException ex) {
		if (ex instanceof DatabaseUnreachableException) {
			return new ProblemDescriptor.Simple(TYPE + "database-unreachable", "Database unreachable", UNAVAILABLE,
					message(ex), null);
		}
		if (ex instanceof MigratorClosedException) {
			return new ProblemDescriptor.Simple(TYPE + "closing", "The application is closing", UNAVAILABLE,
					message(ex), null);
		}
		String state = state();
		if (ex instanceof MigrationFailedException failed) {
			return describe(failed, state);
		}
		if (ex instanceof OperationRunningException busy) {
			RunningOperation running = busy.running();
			return new ProblemDescriptor.Busy(TYPE + "operation-running", "Another operation is running", CONFLICT,
					message(ex), state, running.requestedBy(), running.since().toString(), null);
		}
		if (ex instanceof LockNotObtainedException busy) {
			return new ProblemDescriptor.Busy(TYPE + "operation-running", "Another process is running migrations",
					CONFLICT, message(ex), state, busy.last().map(MigrationEvent::requestedBy).orElse(null),
					busy.last().map((event) -> event.occurredAt().toString()).orElse(null), busy.holder());
		}
		if (ex instanceof PlanChangedException changed) {
			return new ProblemDescriptor.Changed(TYPE + "plan-changed", "The plan has changed", CONFLICT, message(ex),
					state, changed.changed(), PlanDescriptor.of(changed.outlook()));
		}
		if (ex instanceof VerificationFailedException differs) {
			return new ProblemDescriptor.Differs(TYPE + "verification-differs", "The schema would not be restored",
					UNPROCESSABLE, message(ex), state, VerificationDescriptor.of(differs.verification()));
		}
		if (ex instanceof BackupFailedException) {
			return new ProblemDescriptor.Simple(TYPE + "backup-failed", "The backup failed", UNPROCESSABLE, message(ex),
					state);
		}
		if (ex instanceof RestoreFailedException) {
			return new ProblemDescriptor.Simple(TYPE + "restore-failed", "Nothing was restored", UNPROCESSABLE,
					message(ex), state);
		}
		if (ex instanceof PlanRefusedException refused) {
			return new ProblemDescriptor.Several(TYPE + "refused", "Refused", UNPROCESSABLE, message(ex), state,
					refused.plan().problems().stream().map(PlanProblem::message).toList());
		}
		if (ex instanceof InvalidMigrationsException invalid) {
			return new ProblemDescriptor.Several(TYPE + "invalid-files", "Invalid migration files", UNPROCESSABLE,
					message(ex), state,
					invalid.problems().stream().map(InvalidMigrationsException.FileProblem::toString).toList());
		}
		return new ProblemDescriptor.Simple(TYPE + "refused", "Refused", UNPROCESSABLE, message(ex), state);
	}

	private ProblemDescriptor describe(MigrationFailedException ex, @Nullable String state) {
		SqlFailure failure = ex.failure();
		MigrationReport report = ex.report();
		MigrationVersion version = report.failed();
		return new ProblemDescriptor.Failed(TYPE + "migration-failed", "The SQL of a migration failed", SERVER_ERROR,
				message(ex), state, report.operationId().toString(), (version != null) ? version.text() : null,
				failure.file(), failure.line(), failure.column(), failure.sourceLine(), failure.sqlState(),
				failure.hint(), failure.context(), failure.advice(), ReportDescriptor.Outcome.listOf(report),
				report.notTried().stream().map(MigrationVersion::text).toList());
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
