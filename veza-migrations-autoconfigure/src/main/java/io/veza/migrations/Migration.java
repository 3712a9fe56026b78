package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A versioned change read from one file, with an UP and a DOWN.
 *
 * @param version the first part of the file name
 * @param description the second part of the file name
 * @param file the file as people know it, such as
 * {@code db/migrations/001_create_users_table.sql}
 * @param checksum the checksum of the file
 * @param upChecksum the checksum of the tokens of the UP
 * @param downChecksum the checksum of the text of the DOWN, as it is stored
 * @param up the section that is applied
 * @param down the section that takes it back
 * @since 0.1.0
 */
public record Migration(MigrationVersion version, String description, String file, Checksum checksum,
		Checksum upChecksum, Checksum downChecksum, MigrationSection up, MigrationSection down) {

	/**
	 * Return whether the DOWN takes the UP back, as far as the file says.
	 * @return {@code false} if the DOWN says that it is irreversible
	 */
	public boolean reversible() {
		return this.down.irreversible() == null;
	}

	/**
	 * Return who wrote the migration.
	 * @return the {@code Author} of its metadata, {@code null} without one
	 */
	public @Nullable String author() {
		return this.up.metadata().get("Author");
	}

	/**
	 * Return when the migration was written, as its author put it.
	 * @return the {@code Date} of its metadata, {@code null} without one
	 */
	public @Nullable String date() {
		return this.up.metadata().get("Date");
	}

}
