package io.veza.migrations.execute.step;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.history.HistoryWriter.Evidence;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The records of a migration: its row, its events, and what it did to the catalogs.
 *
 * @param writer writes the history of the run
 * @param hooks records what migrations did to the catalogs
 */
public record StepHistoryRecords(HistoryWriter writer, StepHooks hooks) {

	/**
	 * Return what is recorded of a migration before it is taken back.
	 * @param step the migration
	 * @return the SQL
	 */
	List<String> rollbackStarted(PlanStep step) {
		return List.of(this.writer.started(MigrationOperation.ROLLBACK, step.version()));
	}

	/**
	 * Return what is recorded when a migration was applied.
	 * @param step the migration
	 * @return the SQL
	 */
	public List<String> applied(PlanStep step) {
		List<String> statements = new ArrayList<>();
		if (step.migration() != null) {
			statements.add(this.writer.applied(step.migration()));
		}
		statements.add(this.writer.succeeded(MigrationOperation.MIGRATE, step.version()));
		statements.addAll(this.hooks.record(step));
		return statements;
	}

	/**
	 * Return what takes a migration out of the history.
	 * @param step the migration
	 * @return the SQL
	 */
	public List<String> removed(PlanStep step) {
		AppliedMigration row = step.applied();
		return (row != null) ? List.of(this.writer.removed(row)) : List.of();
	}

	/**
	 * Return what is recorded when a migration was taken back.
	 * @param step the migration
	 * @param proof what is known of it
	 * @return the SQL
	 */
	List<String> reverted(PlanStep step, StepHooks.Proof proof) {
		return List.of(this.writer.reverted(step.version(), evidence(step, proof)));
	}

	/**
	 * Return what is recorded when migrations were not taken back.
	 * @param steps the migrations
	 * @param error what went wrong
	 * @return the SQL
	 */
	public List<String> rollbackFailed(List<PlanStep> steps, String error) {
		return steps.stream()
			.map((step) -> this.writer.failed(MigrationOperation.ROLLBACK, step.version(), error))
			.toList();
	}

	static Evidence evidence(PlanStep step, StepHooks.Proof proof) {
		return new Evidence(proof.backup(), proof.verification(), upChecksum(step));
	}

	/** A row of another runner has none, but the file that it was applied from has. */
	private static @Nullable Checksum upChecksum(PlanStep step) {
		AppliedMigration row = step.applied();
		Migration file = step.migration();
		if (row != null && row.upChecksum() == null && file != null && !row.differsFrom(file)) {
			return file.upChecksum();
		}
		return (row != null) ? row.upChecksum() : null;
	}

}
