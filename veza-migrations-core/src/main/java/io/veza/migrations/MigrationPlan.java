package io.veza.migrations;

import java.util.List;
import java.util.stream.Stream;

/**
 * What would run, in which order, and what speaks against it.
 *
 * @param operation what was asked
 * @param segments what would run
 * @param warnings what to know before it runs
 * @param problems why it is refused; empty if it may run
 * @param heldBack what is pending and left out: what is held, and every later one
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
	 * @param operation what was asked
	 * @param segments what would run
	 * @param warnings what to know before it runs
	 * @param problems why it is refused; empty if it may run
	 */
	public MigrationPlan(MigrationOperation operation, List<PlanSegment> segments, List<String> warnings,
			List<PlanProblem> problems) {
		this(operation, segments, warnings, problems, List.of());
	}

	/**
	 * Return the migrations that would run.
	 * @return the steps of all segments in the order in which they run
	 */
	public List<PlanStep> steps() {
		return this.segments.stream().flatMap((segment) -> segment.steps().stream()).toList();
	}

	/**
	 * Return what is not applied, apart from what is held.
	 * @return the versions in their order, also those that wait behind what is held
	 */
	public List<MigrationVersion> pending() {
		return Stream
			.concat(steps().stream().map(PlanStep::version),
					this.heldBack.stream().filter((info) -> info.held() == null).map(MigrationInfo::version))
			.sorted()
			.toList();
	}

	/**
	 * Return what is left out because it was rolled back.
	 * @return how each of them was rolled back, in the order of the versions
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

	/**
	 * Return this plan if nothing speaks against it.
	 * @return this plan
	 * @throws PlanRefusedException with all problems, if there are any
	 */
	public MigrationPlan requireNoProblems() {
		if (!this.problems.isEmpty()) {
			throw new PlanRefusedException(this);
		}
		return this;
	}

}
