package io.veza.migrations.actuate;

import java.util.List;

import io.veza.migrations.Verification;

/**
 * Whether a rollback has brought the schema back to where it was.
 *
 * @param restored {@code exact}, {@code except-column-order}, {@code unknown} or
 * {@code no}
 * @param differences what differs
 * @since 0.1.0
 */
public record VerificationDescriptor(String restored, List<DifferenceDescriptor> differences) {

	static VerificationDescriptor of(Verification verification) {
		return new VerificationDescriptor(verification.restored().id(),
				DifferenceDescriptor.listOf(verification.differences()));
	}

}
