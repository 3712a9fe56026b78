package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * The SQL of a migration failed; what was already done travels with the failure.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class MigrationFailedException extends MigrationException {

	private final SqlFailure failure;

	private final MigrationReport report;

	/**
	 * Create a new instance.
	 * @param state what the database's state is now, in a sentence
	 * @param failure what failed and where
	 * @param report what was done before, what failed and what was not tried
	 * @param cause what the driver said, {@code null} if the statement was never sent
	 */
	public MigrationFailedException(String state, SqlFailure failure, MigrationReport report,
			@Nullable Throwable cause) {
		super("Version \"" + report.failed() + "\" could not be "
				+ ((report.operation() == MigrationOperation.ROLLBACK) ? "reverted" : "applied") + ". " + state + "\n"
				+ failure.describe(), cause);
		this.failure = failure;
		this.report = report;
	}

	/**
	 * Return what failed and where.
	 * @return the failure
	 */
	public SqlFailure failure() {
		return this.failure;
	}

	/**
	 * Return what was done before it failed.
	 * @return the report
	 */
	public MigrationReport report() {
		return this.report;
	}

	@Override
	public int exitCode() {
		return 4;
	}

}
