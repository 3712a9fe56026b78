package io.veza.migrations;

import java.util.Objects;
import java.util.function.Supplier;

import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;

/**
 * A versioned change read from one file, with an UP and a DOWN. The content of the file
 * may be read only when it is first needed. Two migrations are equal if they have the
 * same version and the same file with the same checksum.
 *
 * @since 0.1.0
 */
public final class Migration {

	private final MigrationVersion version;

	private final String description;

	private final String file;

	private final Checksum checksum;

	private final Supplier<Content> reader;

	private volatile @Nullable Content content;

	/**
	 * Create a new instance.
	 * @param version the first part of the file name
	 * @param description the second part of the file name
	 * @param file the file as people know it, such as
	 * {@code db/migrations/001_create_users_table.sql}
	 * @param checksum the checksum of the file
	 * @param reader reads the content of the file when it is first needed
	 */
	public Migration(MigrationVersion version, String description, String file, Checksum checksum,
			Supplier<Content> reader) {
		this.version = version;
		this.description = description;
		this.file = file;
		this.checksum = checksum;
		this.reader = reader;
	}

	/**
	 * Return the first part of the file name.
	 * @return the version
	 */
	public MigrationVersion version() {
		return this.version;
	}

	/**
	 * Return the second part of the file name.
	 * @return the description
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return the file as people know it.
	 * @return the path, such as {@code db/migrations/001_create_users_table.sql}
	 */
	public String file() {
		return this.file;
	}

	/**
	 * Return the checksum of the file.
	 * @return the checksum
	 */
	public Checksum checksum() {
		return this.checksum;
	}

	/**
	 * Return the checksum of the tokens of the UP.
	 * @return the checksum
	 * @throws io.veza.migrations.failure.InvalidMigrationsException if the file cannot be
	 * read any more
	 */
	public Checksum upChecksum() {
		return content().upChecksum();
	}

	/**
	 * Return the checksum of the text of the DOWN, as it is stored.
	 * @return the checksum
	 * @throws io.veza.migrations.failure.InvalidMigrationsException if the file cannot be
	 * read any more
	 */
	public Checksum downChecksum() {
		return content().downChecksum();
	}

	/**
	 * Return the section that is applied.
	 * @return the UP
	 * @throws io.veza.migrations.failure.InvalidMigrationsException if the file cannot be
	 * read any more
	 */
	public MigrationSection up() {
		return content().up();
	}

	/**
	 * Return the section that takes it back.
	 * @return the DOWN
	 * @throws io.veza.migrations.failure.InvalidMigrationsException if the file cannot be
	 * read any more
	 */
	public MigrationSection down() {
		return content().down();
	}

	/**
	 * Return whether the DOWN takes the UP back, as far as the file says.
	 * @return {@code false} if the DOWN says that it is irreversible
	 */
	public boolean reversible() {
		return down().irreversible() == null;
	}

	/**
	 * Return who wrote the migration.
	 * @return the {@code Author} of its metadata, {@code null} without one
	 */
	public @Nullable String author() {
		return up().metadata().get("Author");
	}

	/**
	 * Return when the migration was written, as its author put it.
	 * @return the {@code Date} of its metadata, {@code null} without one
	 */
	public @Nullable String date() {
		return up().metadata().get("Date");
	}

	private Content content() {
		Content known = this.content;
		if (known == null) {
			known = this.reader.get();
			this.content = known;
		}
		return known;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Migration migration && this.version.equals(migration.version)
				&& this.file.equals(migration.file) && this.checksum.equals(migration.checksum);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.version, this.file, this.checksum);
	}

	@Override
	public String toString() {
		return this.file;
	}

	/**
	 * The content of a migration file.
	 *
	 * @param upChecksum the checksum of the tokens of the UP
	 * @param downChecksum the checksum of the text of the DOWN, as it is stored
	 * @param up the section that is applied
	 * @param down the section that takes it back
	 * @since 0.1.0
	 */
	public record Content(Checksum upChecksum, Checksum downChecksum, MigrationSection up, MigrationSection down) {
	}

}
