package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table on which a plan would work, as it is right now.
 *
 * @param name the name with its schema, quoted where needed
 * @param bytes the size with indexes, {@code null} while somebody keeps everybody from it
 * @param rows how many rows the server estimates, {@code null} if it does not know
 * @param holders the other sessions that hold a lock on it, those with the oldest
 * transactions first
 * @since 0.1.0
 */
public record ConcernedTable(String name, @Nullable Long bytes, @Nullable Long rows, List<ServerSession> holders) {

	public ConcernedTable {
		holders = List.copyOf(holders);
	}

}
