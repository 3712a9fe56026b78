package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * One migration of a plan, with the section that would run.
 *
 * @param version the version
 * @param description the description
 * @param section the UP for {@link MigrationOperation#MIGRATE}, the DOWN for
 * {@link MigrationOperation#ROLLBACK}
 * @param file the file as people know it; for a stored DOWN, a text that says so
 * @param source where the section comes from
 * @param migration the file, {@code null} if this application does not have it
 * @param applied the history row, {@code null} if the migration is not applied
 * @param progress what an earlier run has done of it, {@code null} if it starts afresh
 * @since 0.1.0
 */
public record PlanStep(MigrationVersion version, String description, MigrationSection section, String file,
		Source source, @Nullable Migration migration, @Nullable AppliedMigration applied,
		@Nullable MigrationProgress progress) {

	/**
	 * Where a section comes from.
	 */
	public enum Source {

		/** The migration file. */
		FILE,

		/** The history table. */
		STORED

	}

	/**
	 * Return the step that applies a migration.
	 * @param migration the migration
	 * @param progress what an earlier run has done of it, {@code null} if it starts
	 * afresh
	 * @return the step
	 */
	public static PlanStep up(Migration migration, @Nullable MigrationProgress progress) {
		return new PlanStep(migration.version(), migration.description(), migration.up(), migration.file(), Source.FILE,
				migration, null, progress);
	}

}
