package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationState;
import io.veza.migrations.RepairRequest;

/**
 * Decides what a repair would settle, and what speaks against it. Its plan runs nothing
 * of the files; each action is described by a warning.
 */
public final class RepairPlanner {

	/**
	 * Decide what would be settled.
	 * @param migrations the files
	 * @param history what the database says
	 * @param request what is asked
	 * @return the plan, with every problem that was found
	 */
	public MigrationPlan plan(List<Migration> migrations, MigrationHistory history, RepairRequest request) {
		RepairActions actions = new RepairActions(MigrationStates.of(migrations, history));
		actions.checkNames(request);
		actions.checkFiles(request);
		actions.settle(request.acceptChanged(), MigrationState.CHANGED, RepairActions::acceptChanged);
		actions.settle(request.markApplied(), MigrationState.FAILED, RepairActions::markApplied);
		actions.settle(request.markPending(), MigrationState.FAILED, RepairActions::markPending);
		actions.settle(request.removeMissing(), MigrationState.MISSING, RepairActions::removeMissing);
		return new MigrationPlan(MigrationOperation.REPAIR, List.of(), actions.descriptions(), actions.problems());
	}

}
