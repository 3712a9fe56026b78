package io.veza.migrations.plan;

import java.util.List;
import java.util.Set;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RollbackProblem;
import io.veza.migrations.request.RollbackRequest;
import org.jspecify.annotations.Nullable;

/**
 * The checks that a plan to roll back has to pass.
 */
final class RollbackPlanChecks {

	private final MigrationHistory history;

	private final List<AppliedMigration> selected;

	private final List<PlanStep> steps;

	private final PlanProblemCollector<PlanProblem> problems = new PlanProblemCollector<>();

	private final PlanProblemCollector<String> warnings = new PlanProblemCollector<>();

	/**
	 * Create a new instance.
	 * @param history the history of the database
	 * @param selected the rows that are asked for, the newest application first
	 * @param steps the DOWNs of those that have one
	 */
	RollbackPlanChecks(MigrationHistory history, List<AppliedMigration> selected, List<PlanStep> steps) {
		this.history = history;
		this.selected = selected;
		this.steps = steps;
	}

	List<PlanProblem> problems() {
		return this.problems.toList();
	}

	List<String> warnings() {
		return this.warnings.toList();
	}

	boolean canRun(PlanStep step) {
		return step.section().irreversible() == null && !isUnresumable(step);
	}

	void checkAll(RollbackRequest request) {
		checkRequest(request);
		checkBaseline();
		this.selected.forEach(this::checkHasDown);
		this.steps.forEach(this::checkReversible);
		this.steps.forEach(this::checkUnchanged);
		this.history.unfinished().forEach((progress) -> checkUnfinished(progress, request.to()));
	}

	/**
	 * Say which DOWN runs where two are known.
	 * @param differingDowns the versions whose stored DOWN differs from that of the file
	 */
	void checkStored(Set<MigrationVersion> differingDowns) {
		for (PlanStep step : this.steps) {
			Migration file = step.migration();
			if (file != null && differingDowns.contains(step.version())) {
				String which = (step.source() == PlanStep.Source.STORED)
						? "the stored one, because this application lacks an applied version and may be the older one."
						: "that of the file.";
				this.warnings.add(step.version(),
						"The DOWN of version \"" + step.version() + "\" that is stored differs from that of \""
								+ file.file() + "\". This rollback runs " + which);
			}
		}
	}

	private void checkRequest(RollbackRequest request) {
		int applied = this.history.applied().size();
		Integer count = request.count();
		if (count != null && count > applied) {
			this.problems.add(new RollbackProblem.TooManyMigrations(count, applied));
		}
		MigrationVersion to = request.to();
		if (to != null && this.history.find(to).isEmpty()) {
			this.problems.add(to, new PlanProblem.UnknownTarget(to, MigrationOperation.ROLLBACK));
		}
	}

	private void checkBaseline() {
		this.selected.stream()
			.filter(AppliedMigration::baseline)
			.map(AppliedMigration::version)
			.findFirst()
			.ifPresent((newest) -> this.problems.add(newest, new RollbackProblem.BaselineReached(newest)));
	}

	private void checkHasDown(AppliedMigration row) {
		if (!row.baseline() && this.steps.stream().noneMatch((step) -> row.equals(step.applied()))) {
			this.problems.add(row.version(), new RollbackProblem.NoDown(row.version(), row.description()));
		}
	}

	private void checkReversible(PlanStep step) {
		String reason = step.section().irreversible();
		if (reason != null) {
			this.problems.add(step.version(),
					new RollbackProblem.IrreversibleMigration(step.version(), step.description(), reason));
		}
	}

	private void checkUnchanged(PlanStep step) {
		AppliedMigration row = step.applied();
		Migration file = step.migration();
		if (row != null && file != null && row.differsFrom(file)) {
			String advice = (step.source() == PlanStep.Source.STORED)
					? "The DOWN that was stored with it runs, not that of the file."
					: "The DOWN of the file runs: look whether it takes back what was applied.";
			this.warnings.add(step.version(), "The UP of \"" + file.file()
					+ "\" differs from what was applied as version \"" + step.version() + "\". " + advice);
		}
	}

	private void checkUnfinished(MigrationProgress progress, @Nullable MigrationVersion to) {
		String obstacle = obstacleTo(progress, to);
		if (obstacle != null) {
			this.problems.add(progress.version(),
					new PlanProblem.UnfinishedMigration(progress.version(), progress.operation(), obstacle));
		}
	}

	/**
	 * Return the obstacle to finishing an unfinished migration or rollback first.
	 */
	private @Nullable String obstacleTo(MigrationProgress progress, @Nullable MigrationVersion to) {
		MigrationVersion version = progress.version();
		if (progress.operation() != MigrationOperation.ROLLBACK) {
			return "comes before any rollback: migrate again to finish it";
		}
		if (!isNewest(version)) {
			return "cannot be resumed, because \"" + version + "\" is not the migration that was applied last";
		}
		if (to != null && version.equals(to)) {
			return "cannot stay as it is: take it back as well to finish it";
		}
		return this.steps.stream().anyMatch(RollbackPlanChecks::isUnresumable)
				? "its DOWN has become transactional since: bring back the file that it began with" : null;
	}

	private boolean isNewest(MigrationVersion version) {
		List<AppliedMigration> rows = this.history.applied();
		return !rows.isEmpty() && rows.get(rows.size() - 1).version().equals(version);
	}

	private static boolean isUnresumable(PlanStep step) {
		return step.progress() != null && step.section().transactional();
	}

}
