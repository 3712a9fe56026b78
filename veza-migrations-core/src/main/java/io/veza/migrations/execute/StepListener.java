package io.veza.migrations.execute;

import java.util.List;

import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;

/**
 * A listener that is told how far a segment is.
 */
public interface StepListener {

	/**
	 * Called before the first statement of a migration is sent, at each attempt.
	 * @param step the migration
	 */
	void onStep(PlanStep step);

	/**
	 * Called before statements are sent together. The server runs them one after the
	 * other, with statements of ours before, between and after them.
	 * @param statements those of migrations, empty if all are ours
	 */
	void onSent(List<SentMigrationStatement> statements);

	/**
	 * Called when migrations are done, with their history.
	 * @param steps the migrations, in the order in which they were run
	 */
	void onCommitted(List<PlanStep> steps);

	/**
	 * Called when a migration did not get a lock in time, before it is tried again.
	 * @param step the migration
	 * @param retry who was in the way, and when it goes on
	 */
	void onLockRetry(PlanStep step, LockRetry retry);

}
