package io.veza.migrations.execute;

import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;

/**
 * Is told how far a segment is.
 */
public interface StepListener {

	/**
	 * Called before the first statement of a migration is sent, at each attempt.
	 * @param step the migration
	 */
	void onStep(PlanStep step);

	/**
	 * Called before a statement is sent.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 */
	void onStatement(PlanStep step, int number);

	/**
	 * Called when a migration did not get a lock in time, before it is tried again.
	 * @param step the migration
	 * @param retry who was in the way, and when it goes on
	 */
	void onLockRetry(PlanStep step, LockRetry retry);

}
