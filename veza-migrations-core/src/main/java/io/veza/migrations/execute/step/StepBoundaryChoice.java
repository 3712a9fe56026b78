package io.veza.migrations.execute.step;

import java.util.function.Predicate;

import io.veza.migrations.PlanStep;

/**
 * The choice between the boundaries of a migration.
 *
 * @param sql the statements around those of a migration
 * @param records the records of a migration
 * @param preparation the statements to be run once, before anything is recorded
 */
public record StepBoundaryChoice(TransactionBoundarySql sql, StepHistoryRecords records,
		HistoryTablePreparation preparation) {

	/**
	 * Return the boundaries of a run.
	 * @param context the parts of the run
	 * @return the boundaries
	 */
	public static StepBoundaryChoice of(PlanExecutionContext context) {
		return new StepBoundaryChoice(context.sql(), context.records(), context.preparation());
	}

	/**
	 * Return the boundary of a migration that runs alone, or first.
	 * @return the boundary
	 */
	public StepBoundary resetting() {
		return new ResettingStepBoundary(this.sql, this.records, this.preparation);
	}

	/**
	 * Return the boundary of migrations that run one after the other.
	 * @param waits which commits wait until they are on the disk
	 * @return the boundary
	 */
	public StepBoundary checking(Predicate<PlanStep> waits) {
		return new CheckingStepBoundary(resetting(), this.sql, this.records, waits);
	}

}
