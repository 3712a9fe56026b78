package io.veza.migrations.actuate;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.Backup;
import org.jspecify.annotations.Nullable;

/**
 * What was kept before a rollback.
 *
 * @param mode {@code in-database}, {@code pg-dump} or {@code none}
 * @param location the schema or the file, {@code null} if there was nothing to keep
 * @param bytes the size
 * @param sha256 the checksum of the file, {@code null} without one
 * @param kept what it holds
 * @since 0.1.0
 */
public record BackupDescriptor(String mode, @Nullable String location, long bytes, @Nullable String sha256,
		List<Kept> kept) {

	static BackupDescriptor of(Backup backup) {
		return new BackupDescriptor(backup.mode().id(), backup.location(), backup.bytes(), backup.sha256(),
				backup.kept().stream().map(Kept::of).toList());
	}

	/**
	 * One table or sequence of a backup.
	 *
	 * @param kind what of it was to be destroyed
	 * @param object the table or what else it is
	 * @param columns the columns, empty for all
	 * @param table the table that holds it
	 * @param rows how many rows are kept
	 */
	public record Kept(String kind, String object, List<String> columns, @Nullable String table, @Nullable Long rows) {

		static Kept of(Backup.Kept kept) {
			return new Kept(kept.loss().kind().name().toLowerCase(Locale.ROOT), kept.loss().object(),
					kept.loss().columns(), kept.table(), kept.rows());
		}

	}

}
