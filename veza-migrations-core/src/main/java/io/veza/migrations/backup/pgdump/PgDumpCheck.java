package io.veza.migrations.backup;

import io.veza.migrations.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pg_dump} would do.
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
