package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationState;
import io.veza.migrations.request.RepairRequest;

/**
 * A planner that decides what a repair settles. Its plan runs no SQL of the files; each
 * action is described by a warning.
 */
public final class RepairPlanner {

	/**
	 * Decide what would be settled.
	 * @param migrations the files
	 * @param history the history of the database
	 * @param request the request
	 * @return the plan, with every problem that was found
	 */
	public MigrationPlan plan(List<Migration> migrations, MigrationHistory history, RepairRequest request) {
		RepairPlanActions actions = new RepairPlanActions(MigrationStates.of(migrations, history));
		actions.checkNames(request);
		actions.checkFiles(request);
		actions.settle(request.acceptChanged(), MigrationState.CHANGED, RepairPlanActions::acceptChanged);
		actions.moveRenamed(request);
		actions.settle(request.markApplied(), MigrationState.FAILED, RepairPlanActions::markApplied);
		actions.settle(request.markPending(), MigrationState.FAILED, RepairPlanActions::markPending);
		actions.settle(request.removeMissing(), MigrationState.MISSING, RepairPlanActions::removeMissing);
		return new MigrationPlan(MigrationOperation.REPAIR, List.of(), actions.descriptions(), actions.problems());
	}

}
