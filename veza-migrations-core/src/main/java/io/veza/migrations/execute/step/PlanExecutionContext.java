package io.veza.migrations.execute.step;

import io.veza.migrations.execute.RunLimits;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.execute.pipeline.RunConnection;

/**
 * The parts of which the executions of one run are made.
 *
 * @param connection the connection of the run
 * @param sql the statements around those of a migration
 * @param records the records of a migration
 * @param preparation the statements to be run once, before anything is recorded
 * @param hooks the hooks into the transactions of migrations
 * @param limits the limits of the run
 * @param listener is told how far a segment is
 */
public record PlanExecutionContext(RunConnection connection, TransactionBoundarySql sql, StepHistoryRecords records,
		HistoryTablePreparation preparation, StepHooks hooks, RunLimits limits, StepListener listener) {

}
