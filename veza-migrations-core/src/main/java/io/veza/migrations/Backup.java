package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The data that was kept before a rollback destroyed it.
 *
 * @param mode the way in which it was kept
 * @param location the schema or the file that holds it, {@code null} if there was nothing
 * to keep
 * @param kept the tables and sequences that it holds; empty for a file of the whole
 * database
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
	 * Return the backup of a rollback that destroyed nothing.
	 * @param mode the way in which it would have been kept
	 * @return the backup
	 */
	public static Backup nothing(BackupMode mode) {
		return new Backup(mode, null, List.of(), 0, null);
	}

	/**
	 * Return the backup in words.
	 * @return the place and the size, followed by a line for each table
	 */
	public String describe() {
		if (this.location == null) {
			return this.mode.id() + ((this.mode == BackupMode.NONE) ? ": nothing is kept" : ": nothing to keep");
		}
		StringBuilder text = new StringBuilder(this.mode.id()).append(": \"").append(this.location).append("\", ");
		text.append(this.bytes).append(" bytes");
		if (this.sha256 != null) {
			text.append(", SHA-256 ").append(this.sha256);
		}
		this.kept.forEach((one) -> text.append('\n').append(one.describe()));
		return text.toString();
	}

	/**
	 * One table, or one sequence, of a backup.
	 *
	 * @param loss the loss that it prevents
	 * @param table the table that holds it, {@code null} if a file or the catalogue of
	 * the backups does
	 * @param rows the number of rows that are kept, {@code null} if they were not counted
	 */
	public record Kept(DataLoss loss, @Nullable String table, @Nullable Long rows) {

		/**
		 * Return it in words.
		 * @return the loss, the number of rows and the table that holds them
		 */
		public String describe() {
			String what = this.loss.describe();
			String size = (this.rows != null) ? ", " + this.rows + " row(s)" : "";
			return what + size + ((this.table != null) ? " in " + this.table : "");
		}

	}

}
