package io.veza.migrations;

import java.util.List;

import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a non-transactional migration or rollback that is not complete.
 *
 * @param version the version of the migration
 * @param description the description of the migration
 * @param operation the operation that stopped: {@link MigrationOperation#MIGRATE} or
 * {@link MigrationOperation#ROLLBACK}
 * @param statements the checksums of the statements that are done, in their order
 * @param error why it stopped, {@code null} if it is running or its process died
 * @param attempt the statement that was under way when it stopped, {@code null} unless
 * its end is unknown or it left something behind
 * @since 0.1.0
 */
public record MigrationProgress(MigrationVersion version, String description, MigrationOperation operation,
		List<Checksum> statements, @Nullable String error, @Nullable Attempt attempt) {

	public MigrationProgress {
		statements = List.copyOf(statements);
	}

	/**
	 * A statement that refuses a transaction and so cannot commit together with its
	 * record. It is noted before it is sent.
	 *
	 * @param statement its number, from 1
	 * @param checksum its checksum
	 * @param catalogBefore the state of the catalogs before it was sent, as far as they
	 * can tell afterwards what became of it
	 */
	public record Attempt(int statement, Checksum checksum, String catalogBefore) {

	}

}
