package io.veza.migrations.engine;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.failure.MigrationFailedException;

/**
 * Is told what a run does. What a listener throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
public interface MigrationListener {

	/**
	 * Called when a run that has something to do is about to begin.
	 * @param plan what it will do
	 */
	default void onRunStarted(MigrationPlan plan) {
	}

	/**
	 * Called before the first statement of a migration.
	 * @param operation what is done to it
	 * @param step the migration
	 */
	default void onMigrationStarted(MigrationOperation operation, PlanStep step) {
	}

	/**
	 * Called when a migration did not get a lock in time, before it is tried again.
	 * @param operation what is tried
	 * @param retry who was in the way, and when it goes on
	 */
	default void onLockRetry(MigrationOperation operation, LockRetry retry) {
	}

	/**
	 * Called when a migration and its history row are committed.
	 * @param operation what was done to it
	 * @param outcome the migration and how long it took
	 */
	default void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
	}

	/**
	 * Called when a migration failed and its transaction was aborted.
	 * @param operation what was tried
	 * @param failure what went wrong
	 */
	default void onMigrationFailed(MigrationOperation operation, MigrationFailedException failure) {
	}

	/**
	 * Called when a run has ended.
	 * @param report what was done, what failed and what was not tried
	 */
	default void onRunFinished(MigrationReport report) {
	}

}
