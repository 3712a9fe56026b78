package io.veza.migrations.actuate.descriptor;

import java.time.Instant;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.status.RunningOperation;
import io.veza.migrations.status.ServerProgress;
import org.jspecify.annotations.Nullable;

/**
 * The operation that this process is running.
 *
 * @param operationId the id of the run in the audit log
 * @param operation what was asked
 * @param requestedBy who asked, {@code null} for the application itself
 * @param since when it began
 * @param waitingFor what it waits for, {@code null} if it runs
 * @param version the migration that is running, {@code null} before the first
 * @param statement the number of the statement that is running, from 1
 * @param statements the number of statements of that migration
 * @param statementSince when that statement began, {@code null} before the first
 * @param progress how far that statement is, {@code null} if PostgreSQL does not tell
 * @since 0.1.0
 */
public record RunningDescriptor(String operationId, String operation, @Nullable String requestedBy, String since,
		@Nullable String waitingFor, @Nullable String version, int statement, int statements,
		@Nullable String statementSince, @Nullable ProgressDescriptor progress) {

	/**
	 * Describe what is running.
	 * @param running the operation
	 * @return the descriptor
	 */
	public static RunningDescriptor of(RunningOperation running) {
		MigrationVersion version = running.version();
		Instant statementSince = running.statementSince();
		ServerProgress progress = running.progress();
		return new RunningDescriptor(running.operationId().toString(), running.operation().id(), running.requestedBy(),
				running.since().toString(), running.waitingFor(), (version != null) ? version.text() : null,
				running.statement(), running.statements(), (statementSince != null) ? statementSince.toString() : null,
				(progress != null) ? ProgressDescriptor.of(progress) : null);
	}

}
