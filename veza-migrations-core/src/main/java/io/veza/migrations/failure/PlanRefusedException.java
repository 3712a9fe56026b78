package io.veza.migrations;

import java.util.stream.Collectors;

/**
 * Planning found reasons not to run.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class PlanRefusedException extends MigrationException {

	private final MigrationPlan plan;

	/**
	 * Create a new instance.
	 * @param plan the plan with its problems
	 */
	public PlanRefusedException(MigrationPlan plan) {
		super(plan.problems().stream().map(PlanProblem::message).collect(Collectors.joining("\n")), null);
		this.plan = plan;
	}

	/**
	 * Return the plan that was refused.
	 * @return the plan with its problems
	 */
	public MigrationPlan plan() {
		return this.plan;
	}

	@Override
	public int exitCode() {
		return 10;
	}

}
