package io.veza.migrations.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.PlanStep.Source;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;

/**
 * A finder of the steps of a rollback. The DOWN of each comes from the history table if
 * it is stored there, otherwise from the file.
 */
final class RollbackStepFinder {

	private final MigrationFileIndex files;

	private final Map<MigrationVersion, MigrationSection> storedDowns;

	private final List<MigrationProgress> unfinished;

	RollbackStepFinder(MigrationFileIndex files, Map<MigrationVersion, MigrationSection> storedDowns,
			List<MigrationProgress> unfinished) {
		this.files = files;
		this.storedDowns = storedDowns;
		this.unfinished = unfinished;
	}

	/**
	 * Return the step that takes a migration back.
	 * @param row its history row
	 * @return the step, or empty if there is no DOWN
	 */
	Optional<PlanStep> find(AppliedMigration row) {
		Migration file = this.files.find(row.version());
		MigrationSection stored = this.storedDowns.get(row.version());
		if (stored != null) {
			String label = "stored DOWN of version \"" + row.version() + "\"";
			return Optional.of(step(row, stored, label, Source.STORED, file));
		}
		return Optional.ofNullable(file).map((here) -> step(row, here.down(), here.file(), Source.FILE, here));
	}

	private PlanStep step(AppliedMigration row, MigrationSection down, String label, Source source,
			@Nullable Migration file) {
		return new PlanStep(row.version(), row.description(), down, label, source, file, row,
				progress(row.version()).orElse(null));
	}

	private Optional<MigrationProgress> progress(MigrationVersion version) {
		return this.unfinished.stream()
			.filter((progress) -> progress.operation() == MigrationOperation.ROLLBACK)
			.filter((progress) -> progress.version().equals(version))
			.findFirst();
	}

}
