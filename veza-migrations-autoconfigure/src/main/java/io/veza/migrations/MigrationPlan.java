package io.veza.migrations;

import java.util.List;

/**
 * What would run, in which order, and what speaks against it.
 *
 * @param operation what was asked
 * @param segments what would run
 * @param warnings what to know before it runs
 * @param problems why it is refused; empty if it may run
 * @since 0.1.0
 */
public record MigrationPlan(MigrationOperation operation, List<PlanSegment> segments, List<String> warnings,
		List<PlanProblem> problems) {

	public MigrationPlan {
		segments = List.copyOf(segments);
		warnings = List.copyOf(warnings);
		problems = List.copyOf(problems);
	}

	/**
	 * Return the migrations that would run.
	 * @return the steps of all segments in the order in which they run
	 */
	public List<PlanStep> steps() {
		return this.segments.stream().flatMap((segment) -> segment.steps().stream()).toList();
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
