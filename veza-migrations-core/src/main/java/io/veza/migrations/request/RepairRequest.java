package io.veza.migrations.request;

import java.util.Set;

import io.veza.migrations.MigrationVersion;

/**
 * A request to settle the problems for which planning refuses to run. Each version is
 * named; nothing is guessed.
 *
 * @param acceptChanged applied versions whose file is the truth from now on: their
 * checksums and stored DOWN are taken from it
 * @param acceptRenamed versions of pending files whose UP was applied as another version,
 * which has no file any more: its row takes their version, description and checksums
 * @param markApplied versions that stopped half-way and are complete
 * @param markPending versions that stopped half-way and were undone by hand
 * @param removeMissing applied versions without a file whose rows go
 * @param origin the origin of the request, for the audit log
 * @since 0.1.0
 */
public record RepairRequest(Set<MigrationVersion> acceptChanged, Set<MigrationVersion> acceptRenamed,
		Set<MigrationVersion> markApplied, Set<MigrationVersion> markPending, Set<MigrationVersion> removeMissing,
		RequestOrigin origin) {

	public RepairRequest {
		acceptChanged = Set.copyOf(acceptChanged);
		acceptRenamed = Set.copyOf(acceptRenamed);
		markApplied = Set.copyOf(markApplied);
		markPending = Set.copyOf(markPending);
		removeMissing = Set.copyOf(removeMissing);
	}

}
