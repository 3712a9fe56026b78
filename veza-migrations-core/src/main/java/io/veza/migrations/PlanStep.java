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
 * @param rehearsal what is known of it from a rehearsal, {@code null} if nothing is, or
 * what would run is not what was rehearsed
 * @since 0.1.0
 */
public record PlanStep(MigrationVersion version, String description, MigrationSection section, String file,
		Source source, @Nullable Migration migration, @Nullable AppliedMigration applied,
		@Nullable MigrationProgress progress, @Nullable KnownRehearsal rehearsal) {

	/**
	 * Create a step of which no rehearsal is known.
	 * @param version the version
	 * @param description the description
	 * @param section the section that would run
	 * @param file the file as people know it
	 * @param source where the section comes from
	 * @param migration the file, {@code null} if this application does not have it
	 * @param applied the history row, {@code null} if the migration is not applied
	 * @param progress what an earlier run has done of it, {@code null} if it starts
	 * afresh
	 */
	public PlanStep(MigrationVersion version, String description, MigrationSection section, String file, Source source,
			@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress) {
		this(version, description, section, file, source, migration, applied, progress, null);
	}

	/**
	 * Return this step with what is known of its migration.
	 * @param rehearsal what is known
	 * @return the step
	 */
	public PlanStep with(KnownRehearsal rehearsal) {
		return new PlanStep(this.version, this.description, this.section, this.file, this.source, this.migration,
				this.applied, this.progress, rehearsal);
	}

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
