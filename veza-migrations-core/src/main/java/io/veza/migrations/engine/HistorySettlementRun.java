package io.veza.migrations.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationReport.Outcome;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RunOutcome;
import io.veza.migrations.request.RepairRequest;

/**
 * A run that writes to the history without running any migration: a repair or a baseline.
 *
 * @param run holds the lock
 * @param listener is told of the run
 */
record HistorySettlementRun(LockedRun run, MigrationListener listener) {

	/**
	 * Settle what planning refuses.
	 * @param plan the plan of the repair, without problems
	 * @param request the repair
	 * @return what was done
	 */
	MigrationReport repair(MigrationPlan plan, RepairRequest request) {
		RepairHistoryStatements repair = new RepairHistoryStatements(this.run.operation().migrations(),
				this.run.session().history(), this.run.writer());
		List<Outcome> settled = RepairHistoryStatements.versions(request)
			.stream()
			.map((version) -> new Outcome(version, repair.description(version), Duration.ZERO))
			.toList();
		return settle(plan, repair.statements(request), settled);
	}

	/**
	 * Record migrations as applied.
	 * @param plan the plan of the baseline, without problems
	 * @return what was done
	 */
	MigrationReport baseline(MigrationPlan plan) {
		List<String> statements = new ArrayList<>();
		List<Outcome> settled = new ArrayList<>();
		for (PlanStep step : plan.steps()) {
			Migration migration = step.migration();
			if (migration != null) {
				statements.add(this.run.writer().baseline(migration));
				statements.add(this.run.writer().settled(MigrationOperation.BASELINE, step.version()));
				settled.add(new Outcome(step.version(), step.description(), Duration.ZERO));
			}
		}
		return settle(plan, statements, settled);
	}

	private MigrationReport settle(MigrationPlan plan, List<String> statements, List<Outcome> settled) {
		List<String> all = new ArrayList<>(this.run.preparation().installation());
		all.addAll(statements);
		return new RunLifecycle(this.listener).run(plan, () -> {
			this.run.historyTransaction().run(all);
			this.run.session().refresh();
		}, (outcome) -> report(plan, outcome, settled));
	}

	/** All is settled in one transaction, or nothing. */
	private MigrationReport report(MigrationPlan plan, RunOutcome outcome, List<Outcome> settled) {
		boolean done = outcome == RunOutcome.SUCCESS;
		return new MigrationReport(this.run.operation().id(), plan.operation(), outcome, done ? settled : List.of(),
				null, done ? List.of() : settled.stream().map(Outcome::version).toList(), plan.warnings(), null, null);
	}

}
