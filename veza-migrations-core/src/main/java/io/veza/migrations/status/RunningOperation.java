package io.veza.migrations.status;

import java.time.Instant;
import java.util.UUID;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The operation that this process is running on the database.
 *
 * @param operationId the id of the run in the audit log
 * @param operation the requested operation
 * @param requestedBy the person or account that asked, {@code null} for the application
 * itself
 * @param since the time when it began
 * @param waitingFor the reason why it waits, {@code null} if it runs
 * @param version the migration that is running, {@code null} before the first
 * @param statement the number of the statement that is running, from 1; 0 before the
 * first
 * @param statements the number of statements of that migration
 * @param statementSince when that statement began, {@code null} before the first
 * @param progress the progress of that statement, {@code null} if PostgreSQL does not
 * report it
 * @since 0.1.0
 */
public record RunningOperation(UUID operationId, MigrationOperation operation, @Nullable String requestedBy,
		Instant since, @Nullable String waitingFor, @Nullable MigrationVersion version, int statement, int statements,
		@Nullable Instant statementSince, @Nullable ServerProgress progress) {

	/**
	 * Return an operation that begins.
	 * @param operationId the id of the run in the audit log
	 * @param operation the requested operation
	 * @param requestedBy the person or account that asked, {@code null} for the
	 * application itself
	 * @param since the time when it begins
	 * @return the operation
	 */
	public static RunningOperation begun(UUID operationId, MigrationOperation operation, @Nullable String requestedBy,
			Instant since) {
		return new RunningOperation(operationId, operation, requestedBy, since, null, null, 0, 0, null, null);
	}

	/**
	 * Return this operation while it waits.
	 * @param reason the reason why it waits
	 * @return the operation
	 */
	public RunningOperation waitingFor(@Nullable String reason) {
		return seen(reason, this.progress);
	}

	/**
	 * Return this operation before the first statement of a migration.
	 * @param version the migration
	 * @param statements the number of statements of the migration
	 * @return the operation
	 */
	public RunningOperation before(MigrationVersion version, int statements) {
		return new RunningOperation(this.operationId, this.operation, this.requestedBy, this.since, null, version, 0,
				statements, null, null);
	}

	/**
	 * Return this operation at a statement.
	 * @param version the migration
	 * @param statement the number of the statement, from 1
	 * @param statements the number of statements of the migration
	 * @param statementSince when the statement began
	 * @return the operation
	 */
	public RunningOperation at(MigrationVersion version, int statement, int statements, Instant statementSince) {
		return new RunningOperation(this.operationId, this.operation, this.requestedBy, this.since, null, version,
				statement, statements, statementSince, null);
	}

	/**
	 * Return whether this operation is at a statement.
	 * @param version the migration
	 * @param statement the number of the statement
	 * @return whether it is
	 */
	public boolean isAt(MigrationVersion version, int statement) {
		return version.equals(this.version) && statement == this.statement;
	}

	/**
	 * Return this operation as the server shows it.
	 * @param waitingFor the reason why it waits, {@code null} if it runs
	 * @param progress the progress of its statement, {@code null} if PostgreSQL does not
	 * report it
	 * @return the operation
	 */
	public RunningOperation seen(@Nullable String waitingFor, @Nullable ServerProgress progress) {
		return new RunningOperation(this.operationId, this.operation, this.requestedBy, this.since, waitingFor,
				this.version, this.statement, this.statements, this.statementSince, progress);
	}

}
