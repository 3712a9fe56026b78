package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.RollbackVerification;

/**
 * The verification of a rollback: whether it has restored the schema.
 *
 * @param restored {@code exact}, {@code except-column-order}, {@code unknown} or
 * {@code no}
 * @param differences what differs
 * @since 0.1.0
 */
public record VerificationDescriptor(String restored, List<DifferenceDescriptor> differences) {

	/**
	 * Describe a verification.
	 * @param verification the verification
	 * @return the descriptor
	 */
	public static VerificationDescriptor of(RollbackVerification verification) {
		return new VerificationDescriptor(verification.restored().id(),
				DifferenceDescriptor.listOf(verification.differences()));
	}

}
