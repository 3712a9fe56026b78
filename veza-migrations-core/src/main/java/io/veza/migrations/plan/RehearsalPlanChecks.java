package io.veza.migrations.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RollbackProblem;

/**
 * The checks that compare a plan with the results of rehearsals.
 */
public final class RehearsalPlanChecks {

	private final List<KnownRehearsal> known;

	/**
	 * Create a new instance.
	 * @param known the results of rehearsals
	 */
	public RehearsalPlanChecks(List<KnownRehearsal> known) {
		this.known = known;
	}

	/**
	 * Add the results of rehearsals to a plan that applies migrations.
	 * @param plan the plan
	 * @return the plan with these results
	 */
	public MigrationPlan migrate(MigrationPlan plan) {
		return withRehearsals(plan, (step) -> true);
	}

	/**
	 * Add the results of rehearsals to a rollback, as far as the same SQL was rehearsed,
	 * and refuse a DOWN that is known not to restore the schema.
	 * @param plan the plan
	 * @param differingDowns the versions whose stored DOWN differs from that of the file
	 * @param force whether it runs nevertheless
	 * @return the plan with these results
	 */
	public MigrationPlan rollback(MigrationPlan plan, Set<MigrationVersion> differingDowns, boolean force) {
		MigrationPlan checked = withRehearsals(plan, (step) -> isAsRehearsed(step, differingDowns));
		List<RollbackProblem.KnownNotToRestore> problems = checked.steps()
			.stream()
			.flatMap((step) -> problem(step).stream())
			.toList();
		if (!force) {
			return checked.withProblems(problems);
		}
		for (RollbackProblem.KnownNotToRestore problem : problems) {
			checked = checked.withWarning(problem.forced());
		}
		return checked;
	}

	/** A DOWN that is declared irreversible is refused for that reason already. */
	private static Optional<RollbackProblem.KnownNotToRestore> problem(PlanStep step) {
		return Optional.ofNullable((step.section().irreversible() == null) ? step.rehearsal() : null)
			.flatMap(KnownRehearsal::obstacle)
			.map((obstacle) -> new RollbackProblem.KnownNotToRestore(step.version(), step.description(), obstacle));
	}

	private static boolean isAsRehearsed(PlanStep step, Set<MigrationVersion> differingDowns) {
		AppliedMigration row = step.applied();
		Migration file = step.migration();
		boolean upDiffers = row != null && file != null && row.differsFrom(file);
		boolean downDiffers = step.source() == PlanStep.Source.STORED && differingDowns.contains(step.version());
		return !upDiffers && !downDiffers;
	}

	private MigrationPlan withRehearsals(MigrationPlan plan, Predicate<PlanStep> asRehearsed) {
		List<PlanSegment> segments = plan.segments()
			.stream()
			.map((segment) -> new PlanSegment(segment.transactional(),
					segment.steps()
						.stream()
						.map((step) -> asRehearsed.test(step) ? withRehearsal(step) : step)
						.toList()))
			.toList();
		return plan.withSegments(segments);
	}

	private PlanStep withRehearsal(PlanStep step) {
		Migration file = step.migration();
		return (file == null) ? step
				: this.known.stream()
					.filter((known) -> known.isOf(file))
					.findFirst()
					.map(step::withRehearsal)
					.orElse(step);
	}

}
