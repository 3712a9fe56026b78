package io.veza.migrations;

import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;

/**
 * One migration of a plan, with the section that would run.
 *
 * @param version the version
 * @param description the description
 * @param section the UP for {@link MigrationOperation#MIGRATE}, the DOWN for
 * {@link MigrationOperation#ROLLBACK}
 * @param file the file as people know it; for a stored DOWN, a text that says so
 * @param source the place that the section comes from
 * @param migration the file, {@code null} if this application does not have it
 * @param applied the history row, {@code null} if the migration is not applied
 * @param progress its progress in an earlier run, {@code null} if it starts afresh
 * @param rehearsal the result of its rehearsal, {@code null} if there is none, or if
 * other SQL was rehearsed
 * @since 0.1.0
 */
public record PlanStep(MigrationVersion version, String description, MigrationSection section, String file,
		Source source, @Nullable Migration migration, @Nullable AppliedMigration applied,
		@Nullable MigrationProgress progress, @Nullable KnownRehearsal rehearsal) {

	/**
	 * Create a step without a rehearsal.
	 * @param version the version
	 * @param description the description
	 * @param section the section that would run
	 * @param file the file as people know it
	 * @param source the place that the section comes from
	 * @param migration the file, {@code null} if this application does not have it
	 * @param applied the history row, {@code null} if the migration is not applied
	 * @param progress its progress in an earlier run, {@code null} if it starts afresh
	 */
	public PlanStep(MigrationVersion version, String description, MigrationSection section, String file, Source source,
			@Nullable Migration migration, @Nullable AppliedMigration applied, @Nullable MigrationProgress progress) {
		this(version, description, section, file, source, migration, applied, progress, null);
	}

	/**
	 * Return this step with the result of its rehearsal.
	 * @param rehearsal the result of its rehearsal
	 * @return the step
	 */
	public PlanStep withRehearsal(KnownRehearsal rehearsal) {
		return new PlanStep(this.version, this.description, this.section, this.file, this.source, this.migration,
				this.applied, this.progress, rehearsal);
	}

	/**
	 * The place that a section comes from.
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
	 * @param progress its progress in an earlier run, {@code null} if it starts afresh
	 * @return the step
	 */
	public static PlanStep up(Migration migration, @Nullable MigrationProgress progress) {
		return new PlanStep(migration.version(), migration.description(), migration.up(), migration.file(), Source.FILE,
				migration, null, progress);
	}

}
