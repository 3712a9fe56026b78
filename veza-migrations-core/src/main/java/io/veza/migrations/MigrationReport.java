package io.veza.migrations;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run: what was done, what failed and what was not tried.
 *
 * @param operationId the id of the run in the audit log
 * @param operation the requested operation
 * @param outcome the outcome of the run as a whole
 * @param migrations the migrations that were done, in that order
 * @param failed the version that failed, {@code null} if none did; a run can also fail
 * before it reaches the first migration
 * @param notTried the versions that the plan held and the run did not reach
 * @param warnings the warnings of the run
 * @param backup the data that was kept before a rollback, {@code null} for other
 * operations
 * @param verification whether a rollback restored the schema, {@code null} for other
 * operations
 * @since 0.1.0
 */
public record MigrationReport(UUID operationId, MigrationOperation operation, RunOutcome outcome,
		List<Outcome> migrations, @Nullable MigrationVersion failed, List<MigrationVersion> notTried,
		List<String> warnings, @Nullable Backup backup, @Nullable RollbackVerification verification) {

	public MigrationReport {
		migrations = List.copyOf(migrations);
		notTried = List.copyOf(notTried);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Create the report of a run that took nothing back.
	 * @param operationId the id of the run in the audit log
	 * @param operation the requested operation
	 * @param migrations the migrations that were done, in that order
	 * @param failed the version that failed, {@code null} if none did
	 * @param notTried the versions that the plan held and the run did not reach
	 * @param warnings the warnings of the run
	 */
	public MigrationReport(UUID operationId, MigrationOperation operation, List<Outcome> migrations,
			@Nullable MigrationVersion failed, List<MigrationVersion> notTried, List<String> warnings) {
		this(operationId, operation, (failed != null) ? RunOutcome.FAILURE : RunOutcome.SUCCESS, migrations, failed,
				notTried, warnings, null, null);
	}

	/**
	 * One migration that was applied, rolled back or settled.
	 *
	 * @param version the version
	 * @param description the description
	 * @param duration the duration by the clock of the server, zero if nothing ran
	 */
	public record Outcome(MigrationVersion version, String description, Duration duration) {
	}

}
