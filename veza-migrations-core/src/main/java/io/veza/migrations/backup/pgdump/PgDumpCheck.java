package io.veza.migrations.backup.pgdump;

import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a check: what {@code pg_dump} would write, or why it would not.
 *
 * @param description what it would write, and where to; or why it would not
 * @param estimatedBytes how much it would be, zero if it would not
 * @param failure why it would not, {@code null} if nothing is in the way
 */
public record PgDumpCheck(String description, long estimatedBytes, @Nullable BackupFailedException failure) {

	static PgDumpCheck failed(BackupFailedException failure) {
		return new PgDumpCheck(failure.problem(), 0, failure);
	}

}
