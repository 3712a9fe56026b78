package io.veza.migrations.rehearsal.effect;

import java.util.Optional;

/**
 * A lookup of the sizes of tables in the real database.
 */
@FunctionalInterface
public interface LiveSizeLookup {

	/**
	 * Return how large a table is.
	 * @param relation the table with its schema, as SQL writes it
	 * @return its size, or empty if the real database has no such table
	 */
	public Optional<LiveTableSize> of(String relation);

}
