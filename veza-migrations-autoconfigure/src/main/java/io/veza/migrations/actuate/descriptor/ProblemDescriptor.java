package io.veza.migrations.actuate.descriptor;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457) for what the endpoint refuses or what failed.
 *
 * @since 0.1.0
 */
public sealed interface ProblemDescriptor {

	/**
	 * Return what kind of problem it is, for machines.
	 * @return a URI that does not change
	 */
	String type();

	/**
	 * Return what kind of problem it is, for people.
	 * @return a few words
	 */
	String title();

	/**
	 * Return the HTTP status.
	 * @return the number
	 */
	int status();

	/**
	 * Return what is wrong and what to do.
	 * @return the text
	 */
	String detail();

	/**
	 * A problem that its text describes.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}
	 * @param state the state of the database now, {@code null} if it is not known
	 */
	record PlainProblem(String type, String title, int status, String detail,
			@Nullable String state) implements ProblemDescriptor {
	}

	/**
	 * Several things that are wrong.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}
	 * @param state the state of the database now, {@code null} if it was not looked at
	 * @param problems what is wrong, one text each
	 */
	record ListedProblems(String type, String title, int status, String detail, @Nullable String state,
			List<String> problems) implements ProblemDescriptor {
	}

	/**
	 * The plan is no longer the one that was looked at.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}
	 * @param state the state of the database now, {@code null} if it is not known
	 * @param changed what has changed
	 * @param plan the plan as it is now
	 */
	record PlanChangedProblem(String type, String title, int status, String detail, @Nullable String state,
			List<String> changed, PlanDescriptor plan) implements ProblemDescriptor {
	}

	/**
	 * A rollback did not restore the schema and was taken back.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}
	 * @param state the state of the database now, {@code null} if it is not known
	 * @param verification what would have differed
	 */
	record VerificationProblem(String type, String title, int status, String detail, @Nullable String state,
			VerificationDescriptor verification) implements ProblemDescriptor {
	}

	/**
	 * Another operation is running.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}
	 * @param state the state of the database now, {@code null} if it is not known
	 * @param requestedBy who asked for what is running, {@code null} if that is the
	 * application itself or another process
	 * @param since when it began, {@code null} if another process runs it
	 * @param holder the session of the other process, {@code null} if this one runs it
	 */
	record BusyProblem(String type, String title, int status, String detail, @Nullable String state,
			@Nullable String requestedBy, @Nullable String since,
			@Nullable String holder) implements ProblemDescriptor {
	}

	/**
	 * The server failed while the history was read or written.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}; with what the server said
	 * @param state the state of the database now, {@code null} if it is not known
	 * @param sqlState the SQLSTATE
	 */
	record HistoryFailedProblem(String type, String title, int status, String detail, @Nullable String state,
			String sqlState) implements ProblemDescriptor {
	}

	/**
	 * The SQL of a migration failed.
	 *
	 * @param type see {@link ProblemDescriptor#type()}
	 * @param title see {@link ProblemDescriptor#title()}
	 * @param status see {@link ProblemDescriptor#status()}
	 * @param detail see {@link ProblemDescriptor#detail()}; with what the server said
	 * @param state the state of the database now, {@code null} if it is not known
	 * @param operationId the id of the run in the audit log
	 * @param version the migration that failed
	 * @param file the file
	 * @param line the line in the file, from 1
	 * @param column the column in that line, from 1
	 * @param sourceLine the text of that line
	 * @param sqlState the SQLSTATE
	 * @param hint the hint of the server
	 * @param context the calls in which it happened
	 * @param advice what to do
	 * @param migrations what was done before
	 * @param notTried the versions that were not reached
	 */
	record MigrationFailedProblem(String type, String title, int status, String detail, @Nullable String state,
			String operationId, @Nullable String version, String file, int line, int column,
			@Nullable String sourceLine, @Nullable String sqlState, @Nullable String hint, @Nullable String context,
			@Nullable String advice, List<ReportDescriptor.MigrationOutcome> migrations,
			List<String> notTried) implements ProblemDescriptor {
	}

}
