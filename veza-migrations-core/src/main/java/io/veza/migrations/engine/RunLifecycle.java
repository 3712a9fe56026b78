package io.veza.migrations.engine;

import java.util.function.Function;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RunOutcome;

/**
 * The beginning and the end of a run as listeners see them: each run that has started
 * also finishes, with its outcome, whatever happens in between.
 *
 * @param listener is told of both
 */
record RunLifecycle(MigrationListener listener) {

	/**
	 * Run between a start and a finish.
	 * @param plan what is going to be done
	 * @param work does it
	 * @param report makes the report of the run as it is when it ends
	 * @return the report
	 */
	MigrationReport run(MigrationPlan plan, Runnable work, Function<RunOutcome, MigrationReport> report) {
		this.listener.onRunStarted(plan);
		RunOutcome outcome = RunOutcome.FAILURE;
		try {
			work.run();
			outcome = RunOutcome.SUCCESS;
		}
		finally {
			// not in a catch block: errors of the virtual machine end a run, too
			this.listener.onRunFinished(report.apply(outcome));
		}
		return report.apply(outcome);
	}

}
