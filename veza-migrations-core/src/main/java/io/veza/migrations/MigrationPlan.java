package io.veza.migrations;

import java.util.List;
import java.util.stream.Stream;

/**
 * A plan: the migrations that would run, in their order, and the reasons not to run them.
 *
 * @param operation the requested operation
 * @param segments the migrations that would run, in groups
 * @param warnings the warnings for whoever is about to run it
 * @param problems the reasons to refuse it; empty if it may run
 * @param heldBack the pending migrations that are left out: those that are held, and all
 * later ones
 * @since 0.1.0
 */
public record MigrationPlan(MigrationOperation operation, List<PlanSegment> segments, List<String> warnings,
		List<PlanProblem> problems, List<MigrationInfo> heldBack) {

	public MigrationPlan {
		segments = List.copyOf(segments);
		warnings = List.copyOf(warnings);
		problems = List.copyOf(problems);
		heldBack = List.copyOf(heldBack);
	}

	/**
	 * Create a plan that leaves out nothing.
	 * @param operation the requested operation
	 * @param segments the migrations that would run, in groups
	 * @param warnings the warnings for whoever is about to run it
	 * @param problems the reasons to refuse it; empty if it may run
	 */
	public MigrationPlan(MigrationOperation operation, List<PlanSegment> segments, List<String> warnings,
			List<PlanProblem> problems) {
		this(operation, segments, warnings, problems, List.of());
	}

	/**
	 * Return this plan with other segments, and all else as it is.
	 * @param segments the migrations that would run, in groups
	 * @return the plan
	 */
	public MigrationPlan withSegments(List<PlanSegment> segments) {
		return new MigrationPlan(this.operation, segments, this.warnings, this.problems, this.heldBack);
	}

	/**
	 * Return this plan with one more warning, and all else as it is.
	 * @param warning the warning, which comes last
	 * @return the plan
	 */
	public MigrationPlan withWarning(String warning) {
		return new MigrationPlan(this.operation, this.segments, joined(this.warnings, List.of(warning)), this.problems,
				this.heldBack);
	}

	/**
	 * Return this plan with one more problem, and all else as it is.
	 * @param problem the problem, which comes last
	 * @return the plan
	 */
	public MigrationPlan withProblem(PlanProblem problem) {
		return withProblems(List.of(problem));
	}

	/**
	 * Return this plan with more problems, and all else as it is.
	 * @param problems the problems, which come last
	 * @return the plan
	 */
	public MigrationPlan withProblems(List<? extends PlanProblem> problems) {
		return new MigrationPlan(this.operation, this.segments, this.warnings, joined(this.problems, problems),
				this.heldBack);
	}

	private static <T> List<T> joined(List<T> first, List<? extends T> last) {
		return Stream.concat(first.stream(), last.stream()).toList();
	}

	/**
	 * Return the migrations that would run.
	 * @return the steps of all segments in the order in which they run
	 */
	public List<PlanStep> steps() {
		return this.segments.stream().flatMap((segment) -> segment.steps().stream()).toList();
	}

	/**
	 * Return the versions that are pending and not held.
	 * @return the versions in their order, also those that wait behind a held one
	 */
	public List<MigrationVersion> pending() {
		return Stream
			.concat(steps().stream().map(PlanStep::version),
					this.heldBack.stream().filter((info) -> info.held() == null).map(MigrationInfo::version))
			.sorted()
			.toList();
	}

	/**
	 * Return the migrations that are left out because they were rolled back.
	 * @return the rollback of each, in the order of the versions
	 */
	public List<HeldMigration> held() {
		return this.heldBack.stream().map(MigrationInfo::held).flatMap(Stream::ofNullable).toList();
	}

	/**
	 * Return whether nothing would run.
	 * @return whether there is nothing to do
	 */
	public boolean isEmpty() {
		return this.segments.isEmpty();
	}

}
