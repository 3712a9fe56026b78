package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * A migration and where it stands, from its file, its history row or both.
 *
 * @param version the version
 * @param description the description
 * @param state where it stands
 * @param migration the file, {@code null} if this application does not have it
 * @param applied the history row, {@code null} if it is not applied
 * @param progress what was done of it without being complete, {@code null} if nothing
 * @param held how it was rolled back, {@code null} unless it is held
 * @since 0.1.0
 */
public record MigrationInfo(MigrationVersion version, String description, MigrationState state,
		@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress,
		@Nullable HeldMigration held) {

	/**
	 * Create what is known of a migration that is not held.
	 * @param version the version
	 * @param description the description
	 * @param state where it stands
	 * @param migration the file, {@code null} if this application does not have it
	 * @param applied the history row, {@code null} if it is not applied
	 * @param progress what was done of it without being complete, {@code null} if nothing
	 */
	public MigrationInfo(MigrationVersion version, String description, MigrationState state,
			@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress) {
		this(version, description, state, migration, applied, progress, null);
	}

	/**
	 * Return what is known without the file.
	 * @return what the database says
	 */
	public MigrationInfo withoutFile() {
		return new MigrationInfo(this.version, this.description, this.state, null, this.applied, this.progress,
				this.held);
	}

}
