package io.veza.migrations.execute;

import java.util.Arrays;

import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a migration of a plan, which was brought to a state from which the next
 * run continues.
 */
@SuppressWarnings("serial")
public final class StepFailedException extends Exception {

	private final PlanStep step;

	private final SqlFailure failure;

	private final String state;

	private final @Nullable SqlStatement statement;

	public StepFailedException(PlanStep step, SqlFailure failure, String state, @Nullable Throwable cause) {
		this(step, failure, state, null, cause);
	}

	public StepFailedException(PlanStep step, SqlFailure failure, String state, @Nullable SqlStatement statement,
			@Nullable Throwable cause) {
		super(failure.message(), cause);
		this.step = step;
		this.failure = failure;
		this.state = state;
		this.statement = statement;
	}

	/**
	 * Return the failure of a migration that is not begun because the application closes.
	 * @param step the migration
	 * @return the failure
	 */
	public static StepFailedException notBegun(PlanStep step) {
		SqlFailure failure = new SqlFailure(step.file(), 0, 0, null, null,
				"The application was closing, so that it was not begun", null, null, null, SqlFailureReader.AGAIN);
		return new StepFailedException(step, failure, "This run has done nothing of it.", null);
	}

	/**
	 * Return this failure after the last attempt to get a lock.
	 * @param blockers who was in the way
	 * @param attempts how often it was tried
	 * @return the failure
	 */
	public StepFailedException blockedBy(String blockers, int attempts) {
		return with(this.failure.withDetail("Tried " + attempts + " time(s), in the way: " + blockers));
	}

	/**
	 * Return this failure as one of an application that closes.
	 * @return the failure
	 */
	public StepFailedException cancelled() {
		return with(SqlFailureReader.cancelled(this.failure));
	}

	private StepFailedException with(SqlFailure described) {
		StepFailedException other = new StepFailedException(this.step, described, this.state, this.statement,
				getCause());
		Arrays.stream(getSuppressed()).forEach(other::addSuppressed);
		return other;
	}

	/**
	 * Return the text of the statement that failed.
	 * @return the SQL, {@code null} if it is unknown
	 */
	@Nullable String sql() {
		return (this.statement != null) ? this.statement.sql() : null;
	}

	/**
	 * Return the migration that failed.
	 * @return the step
	 */
	public PlanStep step() {
		return this.step;
	}

	/**
	 * Return what failed and where.
	 * @return the failure
	 */
	public SqlFailure failure() {
		return this.failure;
	}

	/**
	 * Return what the database's state is now.
	 * @return a sentence
	 */
	public String state() {
		return this.state;
	}

}
