package io.veza.migrations.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.operation.OpenOperation;
import io.veza.migrations.engine.outlook.StoredDownComparison;
import io.veza.migrations.history.HistoryInstaller;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.record.CatalogComparison.Drift;

/**
 * The statements that bring the history tables up to date before a run records anything:
 * the tables themselves, checksums that older rows lack, and DOWNs that were corrected in
 * their files.
 */
final class HistoryTablesPreparation {

	private final MigrationSession session;

	private final List<Migration> migrations;

	private final HistoryWriter writer;

	/**
	 * Create a new instance.
	 * @param operation the operation
	 * @param writer writes its history
	 */
	HistoryTablesPreparation(OpenOperation operation, HistoryWriter writer) {
		this.session = operation.session();
		this.migrations = operation.migrations();
		this.writer = writer;
	}

	/**
	 * Return what makes the tables complete.
	 * @return the SQL, none if nothing is missing
	 */
	List<String> installation() {
		return new HistoryInstaller().statements(this.session.historyLayout(), this.session.facts().schemaExists());
	}

	/**
	 * Return everything that comes before the first record of a run.
	 * @param plan the plan of the run
	 * @param drift how the schema differs from what was recorded last
	 * @return the SQL
	 */
	List<String> statements(MigrationPlan plan, Drift drift) {
		MigrationHistory history = this.session.history();
		List<String> statements = new ArrayList<>(installation());
		statements.addAll(missingChecksums(history));
		statements.addAll(correctedDowns(plan, history));
		if (drift.stale() && history.unfinished().isEmpty()) {
			statements.addAll(this.session.records().takeOver());
		}
		return statements;
	}

	private List<String> missingChecksums(MigrationHistory history) {
		List<String> statements = new ArrayList<>();
		for (AppliedMigration row : history.applied()) {
			if (row.upChecksum() == null) {
				this.migrations.stream()
					.filter((file) -> file.version().equals(row.version()) && !row.differsFrom(file))
					.forEach((file) -> statements.add(this.writer.corrections().filled(row, file)));
			}
		}
		return statements;
	}

	private List<String> correctedDowns(MigrationPlan plan, MigrationHistory history) {
		List<AppliedMigration> removed = plan.steps()
			.stream()
			.map(PlanStep::applied)
			.flatMap(Stream::ofNullable)
			.toList();
		return new StoredDownComparison(this.session, this.migrations).outdated(history, removed)
			.stream()
			.flatMap((down) -> this.writer.corrections()
				.refreshed(down.row(), down.file(), down.stored(), down.found())
				.stream())
			.toList();
	}

}
