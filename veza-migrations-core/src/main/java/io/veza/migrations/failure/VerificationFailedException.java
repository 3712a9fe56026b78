package io.veza.migrations;

import java.util.stream.Collectors;

/**
 * A rollback did not bring the schema back to where it was, and was taken back itself.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class VerificationFailedException extends MigrationException {

	private final Verification verification;

	/**
	 * Create a new instance.
	 * @param version the migration whose DOWN does not restore the schema
	 * @param verification what differs
	 */
	public VerificationFailedException(MigrationVersion version, Verification verification) {
		super("The DOWN of version \"" + version
				+ "\" does not bring the schema back to where it was before its UP, and "
				+ "veza.migrations.rollback.on-difference is abort, so that its transaction was rolled back:\n"
				+ verification.describe().lines().skip(1).map((line) -> "  " + line).collect(Collectors.joining("\n")),
				"\nCorrect the DOWN, or set veza.migrations.rollback.on-difference=report to accept the difference.",
				null);
		this.verification = verification;
	}

	/**
	 * Return what differs.
	 * @return the verification
	 */
	public Verification verification() {
		return this.verification;
	}

	@Override
	public int exitCode() {
		return 8;
	}

}
