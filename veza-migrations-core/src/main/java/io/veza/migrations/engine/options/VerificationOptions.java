package io.veza.migrations.engine.options;

/**
 * The options of the comparison of the schema with what is recorded of it.
 *
 * @param drift what to do when it is not as the newest run left it
 * @param driftAtStart whether to look also when nothing is pending
 * @param abortOnDifference whether a rollback that does not restore it is taken back
 * @since 0.1.0
 */
public record VerificationOptions(DriftPolicy drift, boolean driftAtStart, boolean abortOnDifference) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static VerificationOptions defaults() {
		return new VerificationOptions(DriftPolicy.WARN, false, false);
	}

}
