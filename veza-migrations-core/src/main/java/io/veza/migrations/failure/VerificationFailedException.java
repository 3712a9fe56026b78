package io.veza.migrations.failure;

import java.util.stream.Collectors;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RollbackVerification;

/**
 * A rollback that would not have restored the schema, and was taken back itself.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class VerificationFailedException extends MigrationException {

	private final RollbackVerification verification;

	/**
	 * Create a new instance.
	 * @param version the migration whose DOWN does not restore the schema
	 * @param verification what differs
	 */
	public VerificationFailedException(MigrationVersion version, RollbackVerification verification) {
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
	public RollbackVerification verification() {
		return this.verification;
	}

	@Override
	public FailureType type() {
		return FailureType.VERIFICATION_DIFFERS;
	}

	@Override
	public int exitCode() {
		return 8;
	}

}
