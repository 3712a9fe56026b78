package io.veza.migrations.execute;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a flight failed.
 */
@SuppressWarnings("serial")
final class FlightFailedException extends Exception {

	private final SQLException failure;

	private final Flight.@Nullable Entry entry;

	FlightFailedException(SQLException failure, Flight.@Nullable Entry entry) {
		super(failure);
		this.failure = failure;
		this.entry = entry;
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
