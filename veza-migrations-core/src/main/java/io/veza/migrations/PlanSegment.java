package io.veza.migrations;

import java.util.List;

/**
 * A group of migrations in a plan that succeed or fail together.
 *
 * @param transactional whether they share one transaction; otherwise there is one
 * migration, which runs statement by statement
 * @param steps the migrations in the order in which they run
 * @since 0.1.0
 */
public record PlanSegment(boolean transactional, List<PlanStep> steps) {

	public PlanSegment {
		steps = List.copyOf(steps);
	}

}
