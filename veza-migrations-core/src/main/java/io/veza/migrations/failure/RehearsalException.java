package io.veza.migrations.failure;

import org.jspecify.annotations.Nullable;

/**
 * A rehearsal that cannot be held as it is configured. Nothing of the real database was
 * touched.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RehearsalException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public RehearsalException(String problem, String action, @Nullable Throwable cause) {
		super(problem, action, cause);
	}

	@Override
	public FailureType type() {
		return FailureType.REFUSED;
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
