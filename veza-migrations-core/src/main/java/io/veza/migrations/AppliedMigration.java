package io.veza.migrations;

import java.time.LocalDateTime;

import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A row of the history table: a migration that is complete in this database.
 *
 * @param id the order of application
 * @param version the version as the row holds it
 * @param description the {@code name} of the row
 * @param appliedAt when it was applied: UTC in our rows, the local time of the server in
 * rows of another runner, {@code null} if the row has none
 * @param checksum the checksum of its file, {@code null} if the row has none
 * @param upChecksum the checksum of its UP, {@code null} if the row has none
 * @param executionTime the duration: milliseconds in our rows, rounded seconds in rows of
 * another runner, {@code null} if the row has none
 * @param baseline whether the row only states that the schema was there before
 * @param downStored whether the DOWN is stored with the row
 * @param appliedBy the person or account that applied it, {@code null} for a row of
 * another runner or if it was not asked for
 * @since 0.1.0
 */
public record AppliedMigration(long id, MigrationVersion version, String description, @Nullable LocalDateTime appliedAt,
		@Nullable Checksum checksum, @Nullable Checksum upChecksum, @Nullable Integer executionTime, boolean baseline,
		boolean downStored, @Nullable String appliedBy) {

	/**
	 * Return whether the UP that was applied differs from that of a file. Equal checksums
	 * settle that nothing changed; otherwise the UPs decide, for which comments and white
	 * space do not count. Nothing is known about a row without a checksum.
	 * @param file the migration in the file
	 * @return whether the applied UP is another one
	 */
	public boolean differsFrom(Migration file) {
		if (this.checksum == null || this.checksum.equals(file.checksum())) {
			return false;
		}
		return !file.upChecksum().equals(this.upChecksum);
	}

}
