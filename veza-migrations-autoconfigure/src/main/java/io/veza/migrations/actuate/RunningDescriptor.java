package io.veza.migrations.actuate;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RunningOperation;

/**
 * What this process is doing to the database right now.
 *
 * @param operationId the id of the run in the audit log
 * @param operation what was asked
 * @param requestedBy who asked, {@code null} for the application itself
 * @param since when it began
 * @param waitingFor what it waits for, {@code null} if it runs
 * @param version the migration that is running, {@code null} before the first
 * @param statement the number of the statement that is running, from 1
 * @param statements the number of statements of that migration
 * @since 0.1.0
 */
public record RunningDescriptor(String operationId, String operation, @Nullable String requestedBy, String since,
		@Nullable String waitingFor, @Nullable String version, int statement, int statements) {

	static RunningDescriptor of(RunningOperation running) {
		MigrationVersion version = running.version();
		return new RunningDescriptor(running.operationId().toString(), running.operation().id(), running.requestedBy(),
				running.since().toString(), running.waitingFor(), (version != null) ? version.text() : null,
				running.statement(), running.statements());
	}

}
