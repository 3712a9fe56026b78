package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was kept before a rollback destroyed it.
 *
 * @param mode how it was kept
 * @param location the schema or the file that holds it, {@code null} if there was nothing
 * to keep
 * @param kept what it holds; empty for a file of the whole database
 * @param bytes the size of it
 * @param sha256 the checksum of the file in hexadecimal digits, {@code null} if there is
 * no file
 * @since 0.1.0
 */
public record Backup(BackupMode mode, @Nullable String location, List<Kept> kept, long bytes, @Nullable String sha256) {

	public Backup {
		kept = List.copyOf(kept);
	}

	/**
	 * Return that nothing was kept.
	 * @param mode how it would have been kept
	 * @return the backup
	 */
	public static Backup nothing(BackupMode mode) {
		return new Backup(mode, null, List.of(), 0, null);
	}

	/**
	 * One table, or one sequence, of a backup.
	 *
	 * @param loss what of it was to be destroyed
	 * @param table the table that holds it, {@code null} if a file or the catalogue of
	 * the backups does
	 * @param rows how many rows are kept, {@code null} if nobody counted
	 */
	public record Kept(DataLoss loss, @Nullable String table, @Nullable Long rows) {
	}

}
