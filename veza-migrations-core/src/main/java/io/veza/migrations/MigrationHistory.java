package io.veza.migrations;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.sql.Checksum;

/**
 * The history of a database: the migrations that are applied, unfinished or held.
 *
 * @param applied the rows of the history table in the order of application
 * @param unfinished the rows of the progress table; empty unless something stopped
 * half-way
 * @param held the migrations that were rolled back and not released since, in the order
 * of the rollbacks
 * @since 0.1.0
 */
public record MigrationHistory(List<AppliedMigration> applied, List<MigrationProgress> unfinished,
		List<HeldMigration> held) {

	/** The history of a database that was never migrated. */
	public static final MigrationHistory EMPTY = new MigrationHistory(List.of(), List.of(), List.of());

	public MigrationHistory {
		applied = List.copyOf(applied);
		unfinished = List.copyOf(unfinished);
		held = List.copyOf(held);
	}

	/**
	 * Create the history of a database in which nothing was rolled back.
	 * @param applied the rows of the history table in the order of application
	 * @param unfinished the rows of the progress table
	 */
	public MigrationHistory(List<AppliedMigration> applied, List<MigrationProgress> unfinished) {
		this(applied, unfinished, List.of());
	}

	/**
	 * Return whether nothing was ever recorded.
	 * @return whether the history is empty
	 */
	public boolean isEmpty() {
		return this.applied.isEmpty() && this.unfinished.isEmpty() && this.held.isEmpty();
	}

	/**
	 * Return the row of a version.
	 * @param version the version
	 * @return the row, or empty if it is not applied
	 */
	public Optional<AppliedMigration> find(MigrationVersion version) {
		return this.applied.stream().filter((row) -> row.version().equals(version)).findFirst();
	}

	/**
	 * Return the checksums of the applied files that were checked before they were
	 * applied.
	 * @return the checksums, none of a row of another runner, which has no checksum of
	 * its UP
	 */
	public Set<Checksum> checkedFiles() {
		Set<Checksum> checksums = new HashSet<>();
		for (AppliedMigration row : this.applied) {
			if (row.checksum() != null && row.upChecksum() != null) {
				checksums.add(row.checksum());
			}
		}
		return checksums;
	}

}
