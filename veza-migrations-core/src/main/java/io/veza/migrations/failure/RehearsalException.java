package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A rehearsal cannot be held as it is configured. Nothing of the real database was
 * touched.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RehearsalException extends MigrationException {

	/**
	 * Create a new instance.
	 * @param problem what is wrong
	 * @param advice what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public RehearsalException(String problem, String advice, @Nullable Throwable cause) {
		super(problem, advice, cause);
	}

	@Override
	public int exitCode() {
		return 2;
	}

}
