package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a non-transactional migration or rollback has done so far without being complete.
 *
 * @param version the version of the migration
 * @param description the description of the migration
 * @param operation what was under way: {@link MigrationOperation#MIGRATE} or
 * {@link MigrationOperation#ROLLBACK}
 * @param statements the checksums of the statements that are done, in their order
 * @param error why it stopped, {@code null} if it is running or its process died
 * @since 0.1.0
 */
public record MigrationProgress(MigrationVersion version, String description, MigrationOperation operation,
		List<Checksum> statements, @Nullable String error) {

	public MigrationProgress {
		statements = List.copyOf(statements);
	}

}
