package io.veza.migrations.failure;

import java.util.List;

import io.veza.migrations.status.PlanOutlook;

/**
 * A plan that was looked at and is not the same any more. Nothing was run.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class PlanChangedException extends MigrationException {

	private final PlanOutlook outlook;

	private final List<String> changed;

	/**
	 * Create a new instance.
	 * @param outlook the plan as it is now
	 * @param changed what has changed, in words
	 */
	public PlanChangedException(PlanOutlook outlook, List<String> changed) {
		super("The plan is no longer the one that was looked at. Changed: " + String.join("; ", changed) + ".",
				"Nothing was run. Look at the new plan, and use its token.", null);
		this.outlook = outlook;
		this.changed = List.copyOf(changed);
	}

	/**
	 * Return the plan as it is now.
	 * @return the plan with its token
	 */
	public PlanOutlook outlook() {
		return this.outlook;
	}

	/**
	 * Return what has changed.
	 * @return each part in words
	 */
	public List<String> changed() {
		return this.changed;
	}

	@Override
	public FailureType type() {
		return FailureType.PLAN_CHANGED;
	}

	@Override
	public int exitCode() {
		return 6;
	}

}
