package io.veza.migrations.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.plan.MigrationStates;
import io.veza.migrations.plan.RenamedMigrationFiles;
import io.veza.migrations.request.RepairRequest;

/**
 * Turns a repair that planning found to be possible into statements.
 */
final class RepairHistoryStatements {

	private final Map<MigrationVersion, Migration> files = new HashMap<>();

	private final MigrationHistory history;

	private final HistoryWriter writer;

	private final RenamedMigrationFiles renamed;

	RepairHistoryStatements(List<Migration> migrations, MigrationHistory history, HistoryWriter writer) {
		migrations.forEach((migration) -> this.files.put(migration.version(), migration));
		this.history = history;
		this.writer = writer;
		this.renamed = RenamedMigrationFiles.of(MigrationStates.of(migrations, history));
	}

	List<String> statements(RepairRequest request) {
		List<String> statements = new ArrayList<>();
		for (MigrationVersion version : request.acceptChanged()) {
			row(version).ifPresent((row) -> file(version)
				.ifPresent((migration) -> statements.add(this.writer.corrections().accepted(row, migration))));
		}
		for (MigrationVersion version : request.acceptRenamed()) {
			this.renamed.find(version)
				.ifPresent((row) -> file(version).ifPresent((migration) -> rename(row, migration, statements)));
		}
		for (MigrationVersion version : request.markApplied()) {
			if (row(version).isEmpty()) {
				file(version).ifPresent((migration) -> statements.add(this.writer.applied(migration)));
			}
			clearProgress(version, statements);
		}
		for (MigrationVersion version : request.markPending()) {
			row(version).ifPresent((row) -> statements.add(this.writer.removed(row)));
			clearProgress(version, statements);
		}
		for (MigrationVersion version : request.removeMissing()) {
			row(version).ifPresent((row) -> statements.add(this.writer.removed(row)));
		}
		versions(request)
			.forEach((version) -> statements.add(this.writer.settled(MigrationOperation.REPAIR, spelled(version))));
		return statements;
	}

	/** The events of the earlier name end with the repair as well. */
	private void rename(AppliedMigration row, Migration migration, List<String> statements) {
		statements.addAll(this.writer.corrections().renamed(row, migration));
		statements.add(this.writer.settled(MigrationOperation.REPAIR, row.version()));
	}

	/** The progress may spell the version in another way than the request does. */
	private void clearProgress(MigrationVersion version, List<String> statements) {
		this.history.unfinished()
			.stream()
			.filter((progress) -> progress.version().equals(version))
			.forEach((progress) -> statements.add(this.writer.progress().cleared(progress.version())));
	}

	private MigrationVersion spelled(MigrationVersion version) {
		return row(version).map(AppliedMigration::version)
			.or(() -> file(version).map(Migration::version))
			.orElse(version);
	}

	/**
	 * Return what a repair settles.
	 * @param request the repair
	 * @return the versions in their order
	 */
	static Set<MigrationVersion> versions(RepairRequest request) {
		Set<MigrationVersion> versions = new TreeSet<>(request.acceptChanged());
		versions.addAll(request.acceptRenamed());
		versions.addAll(request.markApplied());
		versions.addAll(request.markPending());
		versions.addAll(request.removeMissing());
		return versions;
	}

	/**
	 * Return how people know a version.
	 * @param version the version
	 * @return the description of its file or its row
	 */
	String description(MigrationVersion version) {
		return file(version).map(Migration::description)
			.or(() -> row(version).map(AppliedMigration::description))
			.orElse("");
	}

	private Optional<AppliedMigration> row(MigrationVersion version) {
		return this.history.find(version);
	}

	private Optional<Migration> file(MigrationVersion version) {
		return Optional.ofNullable(this.files.get(version));
	}

}
