package io.veza.migrations;

import java.util.List;

/**
 * What is to be run is no longer what was looked at. Nothing was run.
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
	public int exitCode() {
		return 6;
	}

}
