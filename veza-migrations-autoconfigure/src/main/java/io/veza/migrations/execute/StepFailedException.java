package io.veza.migrations.execute;

import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * A migration of a plan failed and was brought to a state from which the next run
 * continues.
 */
@SuppressWarnings("serial")
public final class StepFailedException extends Exception {

	private final PlanStep step;

	private final SqlFailure failure;

	private final String state;

	StepFailedException(PlanStep step, SqlFailure failure, String state, @Nullable Throwable cause) {
		super(failure.message(), cause);
		this.step = step;
		this.failure = failure;
		this.state = state;
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
