package io.veza.migrations.plan;

import java.util.List;
import java.util.Objects;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.request.MigrateRequest;

/**
 * A planner that decides which pending migrations are applied.
 */
public final class MigratePlanner {

	private final boolean outOfOrderAllowed;

	private final boolean singleTransaction;

	/**
	 * Create a new instance.
	 * @param outOfOrderAllowed whether a pending migration may be older than the newest
	 * applied one
	 * @param singleTransaction whether all pending migrations share one transaction
	 */
	public MigratePlanner(boolean outOfOrderAllowed, boolean singleTransaction) {
		this.outOfOrderAllowed = outOfOrderAllowed;
		this.singleTransaction = singleTransaction;
	}

	/**
	 * Decide what would run.
	 * @param migrations the files
	 * @param history the history of the database
	 * @param request the request
	 * @return the plan, with every problem that was found
	 */
	public MigrationPlan plan(List<Migration> migrations, MigrationHistory history, MigrateRequest request) {
		MigrationStates states = MigrationStates.of(migrations, history);
		MigratePlanChecks checks = new MigratePlanChecks(new MigrationFileIndex(migrations), states, request);
		List<PlanStep> steps = states.pending().stream().filter(checks::canRun).map(MigratePlanner::step).toList();
		checks.checkAll(this.outOfOrderAllowed);
		if (this.singleTransaction) {
			checks.checkShareTransaction(steps);
		}
		return new MigrationPlan(MigrationOperation.MIGRATE, segments(steps), checks.warnings(), checks.problems(),
				checks.heldBack());
	}

	private static PlanStep step(MigrationInfo info) {
		return PlanStep.up(Objects.requireNonNull(info.migration()), info.progress());
	}

	private List<PlanSegment> segments(List<PlanStep> steps) {
		if (this.singleTransaction && !steps.isEmpty()
				&& steps.stream().allMatch((step) -> step.section().transactional())) {
			return List.of(new PlanSegment(true, steps));
		}
		return steps.stream().map((step) -> new PlanSegment(step.section().transactional(), List.of(step))).toList();
	}

}
