package io.veza.migrations.execute;

import io.veza.migrations.PlanStep;

/**
 * Is told how far a segment is.
 */
public interface StepListener {

	/**
	 * Called before the first statement of a migration is sent.
	 * @param step the migration
	 */
	void onStep(PlanStep step);

	/**
	 * Called before a statement is sent.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 */
	void onStatement(PlanStep step, int number);

}
