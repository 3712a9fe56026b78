package io.veza.migrations.failure;

import java.util.Optional;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * A migration whose SQL failed, with all that was done before it.
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

	/**
	 * Return the message without its last line, which is the advice.
	 * @return the text
	 */
	@Override
	public String description() {
		String advice = "\nAction: " + this.failure.advice();
		return problem().endsWith(advice) ? problem().substring(0, problem().length() - advice.length()) : problem();
	}

	@Override
	public Optional<String> action() {
		String advice = this.failure.advice();
		return Optional.of((advice != null) ? advice : "Correct \"" + this.failure.file()
				+ "\" and start again. What was applied before stays applied and is not run again.");
	}

	@Override
	public FailureType type() {
		return FailureType.MIGRATION_FAILED;
	}

	@Override
	public int exitCode() {
		return 4;
	}

}
