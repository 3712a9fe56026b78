package io.veza.migrations.actuate.descriptor;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.Backup;
import org.jspecify.annotations.Nullable;

/**
 * The backup that was made before a rollback.
 *
 * @param mode {@code in-database}, {@code pg-dump} or {@code none}
 * @param location the schema or the file, {@code null} if there was nothing to keep
 * @param bytes the size
 * @param sha256 the checksum of the file, {@code null} without one
 * @param kept what it holds
 * @since 0.1.0
 */
public record BackupDescriptor(String mode, @Nullable String location, long bytes, @Nullable String sha256,
		List<KeptData> kept) {

	static BackupDescriptor of(Backup backup) {
		return new BackupDescriptor(backup.mode().id(), backup.location(), backup.bytes(), backup.sha256(),
				backup.kept().stream().map(KeptData::of).toList());
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
	public record KeptData(String kind, String object, List<String> columns, @Nullable String table,
			@Nullable Long rows) {

		static KeptData of(Backup.Kept kept) {
			return new KeptData(kept.loss().kind().name().toLowerCase(Locale.ROOT), kept.loss().object(),
					kept.loss().columns(), kept.table(), kept.rows());
		}

	}

}
