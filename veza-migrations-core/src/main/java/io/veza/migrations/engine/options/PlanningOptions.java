package io.veza.migrations.engine.options;

import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Options for what a plan to migrate holds.
 *
 * @param outOfOrderAllowed whether a pending migration may be older than the newest
 * applied one
 * @param baselineVersion the version up to which an empty history of a non-empty schema
 * is recorded as applied, {@code null} for none
 * @param singleTransaction whether all pending migrations share one transaction
 * @since 0.1.0
 */
public record PlanningOptions(boolean outOfOrderAllowed, @Nullable MigrationVersion baselineVersion,
		boolean singleTransaction) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static PlanningOptions defaults() {
		return new PlanningOptions(false, null, false);
	}

	/**
	 * Return these options with migrations out of order allowed.
	 * @return the options
	 */
	public PlanningOptions withOutOfOrder() {
		return new PlanningOptions(true, this.baselineVersion, this.singleTransaction);
	}

	/**
	 * Return these options with a baseline.
	 * @param version the version up to which migrations are recorded as applied
	 * @return the options
	 */
	public PlanningOptions withBaseline(MigrationVersion version) {
		return new PlanningOptions(this.outOfOrderAllowed, version, this.singleTransaction);
	}

	/**
	 * Return these options with one transaction for all pending migrations.
	 * @return the options
	 */
	public PlanningOptions withSingleTransaction() {
		return new PlanningOptions(this.outOfOrderAllowed, this.baselineVersion, true);
	}

}
