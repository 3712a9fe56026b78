package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A migration and its state, from its file, its history row or both.
 *
 * @param version the version
 * @param description the description
 * @param state its state
 * @param migration the file, {@code null} if this application does not have it
 * @param applied the history row, {@code null} if it is not applied
 * @param progress its progress if it is not complete, {@code null} otherwise
 * @param held its rollback, {@code null} unless it is held
 * @since 0.1.0
 */
public record MigrationInfo(MigrationVersion version, String description, MigrationState state,
		@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress,
		@Nullable HeldMigration held) {

	/**
	 * Create the information about a migration that is not held.
	 * @param version the version
	 * @param description the description
	 * @param state its state
	 * @param migration the file, {@code null} if this application does not have it
	 * @param applied the history row, {@code null} if it is not applied
	 * @param progress its progress if it is not complete, {@code null} otherwise
	 */
	public MigrationInfo(MigrationVersion version, String description, MigrationState state,
			@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress) {
		this(version, description, state, migration, applied, progress, null);
	}

	/**
	 * Return this migration in another state, and all else as it is.
	 * @param state its state
	 * @return the same migration in that state
	 */
	public MigrationInfo withState(MigrationState state) {
		return new MigrationInfo(this.version, this.description, state, this.migration, this.applied, this.progress,
				this.held);
	}

	/**
	 * Return this information without the file.
	 * @return the information that comes from the database
	 */
	public MigrationInfo withoutFile() {
		return new MigrationInfo(this.version, this.description, this.state, null, this.applied, this.progress,
				this.held);
	}

}
