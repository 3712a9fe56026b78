package io.veza.migrations.status;

import java.util.List;

import io.veza.migrations.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * A table that the statements of a plan would use, with its current size and locks.
 *
 * @param name the name with its schema, quoted where needed
 * @param bytes the size with indexes, {@code null} while it is locked exclusively
 * @param rows the number of rows as the server estimates it, {@code null} if unknown
 * @param holders the other sessions that hold a lock on it, those with the oldest
 * transactions first
 * @since 0.1.0
 */
public record AffectedTable(String name, @Nullable Long bytes, @Nullable Long rows, List<ServerSession> holders) {

	public AffectedTable {
		holders = List.copyOf(holders);
	}

}
