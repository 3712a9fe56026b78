package io.veza.migrations.failure;

import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanProblem;

/**
 * A plan that is refused, with the problems that were found.
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
	 * Return a plan that may run.
	 * @param plan the plan
	 * @return the same plan
	 * @throws PlanRefusedException with all problems, if there are any
	 */
	public static MigrationPlan requireNoProblems(MigrationPlan plan) {
		if (!plan.problems().isEmpty()) {
			throw new PlanRefusedException(plan);
		}
		return plan;
	}

	/**
	 * Return the plan that was refused.
	 * @return the plan with its problems
	 */
	public MigrationPlan plan() {
		return this.plan;
	}

	@Override
	public String description() {
		return this.plan.problems()
			.stream()
			.map(PlanProblem::message)
			.collect(Collectors.joining("\n\n", "Migrations refuse to run:\n\n", ""));
	}

	@Override
	public Optional<String> action() {
		return Optional.of("Settle each of them as it says, then start again. The database was not changed.");
	}

	@Override
	public FailureType type() {
		return FailureType.REFUSED;
	}

	@Override
	public int exitCode() {
		return 10;
	}

}
