package io.veza.migrations.rehearsal;

import java.util.Optional;

/**
 * Knows how large the tables of the real database are.
 */
@FunctionalInterface
public interface LiveSizeLookup {

	/**
	 * Return how large a table is.
	 * @param relation the table with its schema, as SQL writes it
	 * @return its size, or empty if the real database has no such table
	 */
	Optional<LiveSize> of(String relation);

}
