package io.veza.migrations.execute;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a flight failed.
 */
@SuppressWarnings("serial")
final class FlightFailedException extends Exception {

	private static final String NOT_PREPARED = "26000";

	private final SQLException failure;

	private final Flight.@Nullable Entry entry;

	FlightFailedException(SQLException failure, Flight.@Nullable Entry entry) {
		super(failure);
		this.failure = failure;
		this.entry = entry;
	}

	/**
	 * Return whether the session is not as it has to be: a migration before has changed
	 * it, be it only its timeouts, or has forgotten what is prepared in it.
	 * @param closing whether the application closes, which cancels statements as well
	 */
	boolean sessionChanged(boolean closing) {
		if (this.entry == null || !this.entry.ours() || !Workbench.answered(this.failure)
				|| LockRetries.noLock(this.failure)) {
			return false;
		}
		boolean cancelled = LockRetries.comesFromOutside(this.failure);
		return (this.entry.kind() == Flight.Kind.CHECK) ? !cancelled || !closing
				: this.entry.kind() == Flight.Kind.RECORD && NOT_PREPARED.equals(this.failure.getSQLState());
	}

	SQLException failure() {
		return this.failure;
	}

	/**
	 * Return which statement failed.
	 * @return the entry, {@code null} if that is unknown because the connection was lost
	 */
	Flight.@Nullable Entry entry() {
		return this.entry;
	}

}
