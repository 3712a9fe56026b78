package io.veza.migrations.failure;

import org.jspecify.annotations.Nullable;

/**
 * A history that cannot be used until somebody has settled something: another tool's
 * layout, content that is not ours, a role that cannot be assumed, a session that may not
 * write.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class HistoryRefusedException extends HistoryException {

	/**
	 * Create a new instance.
	 * @param message what is wrong and what to do
	 */
	public HistoryRefusedException(String message) {
		super(message, null);
	}

	/**
	 * Create a new instance for what is not to be looked for in the tables themselves.
	 * @param problem what is wrong
	 * @param action what to do
	 * @param cause what the server said, {@code null} if we found it ourselves
	 */
	public HistoryRefusedException(String problem, String action, @Nullable Throwable cause) {
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
