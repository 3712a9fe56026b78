package io.veza.migrations.backup;

import java.time.Duration;

import io.veza.migrations.BackupMode;
import io.veza.migrations.backup.pgdump.PgDumpOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of the backup of data that a rollback destroys.
 *
 * @param mode where it is kept
 * @param schema the schema that keeps it within the database
 * @param maxBytes how much is kept within the database at most
 * @param retention how long a backup is kept, {@code null} for ever
 * @param pgDump how {@code pg_dump} keeps it
 * @since 0.1.0
 */
public record BackupOptions(BackupMode mode, String schema, long maxBytes, @Nullable Duration retention,
		PgDumpOptions pgDump) {

	/** The schema that keeps it unless another one is configured. */
	public static final String DEFAULT_SCHEMA = "veza_backup";

	private static final long DEFAULT_MAX_BYTES = 1L << 30;

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static BackupOptions defaults() {
		return new BackupOptions(BackupMode.IN_DATABASE, DEFAULT_SCHEMA, DEFAULT_MAX_BYTES, null,
				PgDumpOptions.defaults());
	}

}
