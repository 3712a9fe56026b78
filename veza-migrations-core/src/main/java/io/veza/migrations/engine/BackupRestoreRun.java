package io.veza.migrations.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationReport.Outcome;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RunOutcome;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.restore.InDatabaseRestore;
import io.veza.migrations.backup.restore.RestoredObject;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;

/**
 * A run that brings back the data that a rollback destroyed.
 *
 * @param run holds the lock
 * @param schema the schema that holds the backups
 * @param listener is told of the run
 */
record BackupRestoreRun(LockedRun run, String schema, MigrationListener listener) {

	/**
	 * Bring back the data of a rollback.
	 * @param kept the rollback
	 * @return what came back
	 * @throws io.veza.migrations.failure.RestoreFailedException if it cannot come back
	 */
	MigrationReport restore(KeptOperation kept) {
		MigrationPlan plan = new MigrationPlan(MigrationOperation.RESTORE, List.of(), List.of(), List.of());
		this.run.completeExistingTables();
		List<RestoredObject> restored = new ArrayList<>();
		return new RunLifecycle(this.listener).run(plan, () -> restored.addAll(restoreObjects(kept)),
				(outcome) -> report(kept, outcome, restored));
	}

	private List<RestoredObject> restoreObjects(KeptOperation kept) {
		try {
			return this.run.historyTransaction()
				.run((connection) -> new InDatabaseRestore(this.schema).restore(connection, kept.id(),
						this.run.operation().id(), this.run.operation().origin()),
						(objects) -> versions(kept).stream()
							.map((version) -> this.run.writer().settled(MigrationOperation.RESTORE, version))
							.toList());
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	private MigrationReport report(KeptOperation kept, RunOutcome outcome, List<RestoredObject> restored) {
		if (outcome == RunOutcome.FAILURE) {
			return new MigrationReport(this.run.operation().id(), MigrationOperation.RESTORE, outcome, List.of(), null,
					versions(kept), List.of(), null, null);
		}
		List<Outcome> outcomes = versions(kept).stream()
			.map((version) -> new Outcome(version, "data of the rollback " + kept.id(), Duration.ZERO))
			.toList();
		List<Backup.Kept> rows = restored.stream()
			.map((object) -> new Backup.Kept(
					new DataLoss(object.kind(), object.name(), List.of(), object.kept(), false), null, object.rows()))
			.toList();
		return new MigrationReport(this.run.operation().id(), MigrationOperation.RESTORE, outcome, outcomes, null,
				List.of(), warnings(restored),
				new Backup(BackupMode.IN_DATABASE, this.schema, rows, kept.bytes(), null), null);
	}

	private static List<MigrationVersion> versions(KeptOperation kept) {
		return kept.versions().stream().map(MigrationVersion::of).toList();
	}

	private static List<String> warnings(List<RestoredObject> restored) {
		return restored.stream()
			.filter((object) -> object.kind() == DataLoss.Kind.COLUMNS && object.rows() < object.kept())
			.map((object) -> "Of " + object.kept() + " kept rows of " + object.name() + ", " + object.rows()
					+ " came back: the others are no longer in the table.")
			.toList();
	}

}
