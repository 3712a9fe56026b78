package io.veza.migrations.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;

/**
 * What rehearsals say of a plan.
 */
public final class RehearsalChecks {

	private final List<KnownRehearsal> known;

	/**
	 * Create a new instance.
	 * @param known what is known of migrations
	 */
	public RehearsalChecks(List<KnownRehearsal> known) {
		this.known = known;
	}

	/**
	 * Tell what is known of the migrations that would be applied.
	 * @param plan the plan
	 * @return the plan with what is known
	 */
	public MigrationPlan migrate(MigrationPlan plan) {
		return told(plan, (step) -> true);
	}

	/**
	 * Tell what is known of the migrations that would be taken back, as far as what was
	 * rehearsed is what would run, and refuse what is known not to restore.
	 * @param plan the plan
	 * @param differingDowns which rows have a stored DOWN that differs from that of the
	 * file
	 * @param force whether it is to run nevertheless
	 * @return the plan with what is known
	 */
	public MigrationPlan rollback(MigrationPlan plan, Set<MigrationVersion> differingDowns, boolean force) {
		MigrationPlan told = told(plan, (step) -> isAsRehearsed(step, differingDowns));
		List<String> warnings = new ArrayList<>(told.warnings());
		List<PlanProblem> problems = new ArrayList<>(told.problems());
		told.steps().forEach((step) -> problem(step).ifPresent((problem) -> {
			if (force) {
				warnings.add(problem.forced());
			}
			else {
				problems.add(problem);
			}
		}));
		return new MigrationPlan(told.operation(), told.segments(), warnings, problems, told.heldBack());
	}

	/** What says that there is no way back is refused for that. */
	private static Optional<PlanProblem.KnownNotToRestore> problem(PlanStep step) {
		return Optional.ofNullable((step.section().irreversible() == null) ? step.rehearsal() : null)
			.flatMap(KnownRehearsal::obstacle)
			.map((obstacle) -> new PlanProblem.KnownNotToRestore(step.version(), step.description(), obstacle));
	}

	private static boolean isAsRehearsed(PlanStep step, Set<MigrationVersion> differingDowns) {
		AppliedMigration row = step.applied();
		Migration file = step.migration();
		boolean upDiffers = row != null && file != null && row.differsFrom(file);
		boolean downDiffers = step.source() == PlanStep.Source.STORED && differingDowns.contains(step.version());
		return !upDiffers && !downDiffers;
	}

	private MigrationPlan told(MigrationPlan plan, Predicate<PlanStep> asRehearsed) {
		List<PlanSegment> segments = plan.segments()
			.stream()
			.map((segment) -> new PlanSegment(segment.transactional(),
					segment.steps().stream().map((step) -> asRehearsed.test(step) ? told(step) : step).toList()))
			.toList();
		return new MigrationPlan(plan.operation(), segments, plan.warnings(), plan.problems(), plan.heldBack());
	}

	private PlanStep told(PlanStep step) {
		Migration file = step.migration();
		return (file == null) ? step
				: this.known.stream().filter((known) -> known.isOf(file)).findFirst().map(step::with).orElse(step);
	}

}
