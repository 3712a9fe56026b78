package io.veza.migrations;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What this process is doing to the database right now.
 *
 * @param operationId the id of the run in the audit log
 * @param operation what was asked
 * @param requestedBy who asked, {@code null} for the application itself
 * @param since when it began
 * @param waitingFor what it waits for, {@code null} if it runs
 * @param version the migration that is running, {@code null} before the first
 * @param statement the number of the statement that is running, from 1; 0 before the
 * first
 * @param statements the number of statements of that migration
 * @since 0.1.0
 */
public record RunningOperation(UUID operationId, MigrationOperation operation, @Nullable String requestedBy,
		Instant since, @Nullable String waitingFor, @Nullable MigrationVersion version, int statement, int statements) {

	/**
	 * Return this operation while it waits.
	 * @param reason what it waits for
	 * @return the operation
	 */
	public RunningOperation waitingFor(@Nullable String reason) {
		return new RunningOperation(this.operationId, this.operation, this.requestedBy, this.since, reason,
				this.version, this.statement, this.statements);
	}

	/**
	 * Return this operation at a statement.
	 * @param version the migration
	 * @param statement the number of the statement, from 1
	 * @param statements the number of statements of the migration
	 * @return the operation
	 */
	public RunningOperation at(MigrationVersion version, int statement, int statements) {
		return new RunningOperation(this.operationId, this.operation, this.requestedBy, this.since, null, version,
				statement, statements);
	}

}
