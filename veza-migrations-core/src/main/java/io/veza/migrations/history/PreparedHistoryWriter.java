package io.veza.migrations.history;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryWriter.Evidence;

/**
 * Writes the same history as {@link HistoryWriter} in a session that prepares the
 * statements: what is said of hundreds of migrations is short, and planned once.
 */
public final class PreparedHistory {

	private static final String ROW = "veza_migrations_row";

	private static final String APPLIED = "veza_migrations_applied";

	private static final String REVERTED = "veza_migrations_reverted";

	private static final String STARTED = "veza_migrations_started";

	private final HistoryWriter writer;

	PreparedHistory(HistoryWriter writer) {
		this.writer = writer;
	}

	/**
	 * Return what prepares the statements. The tables have to be there.
	 * @return the SQL
	 */
	public List<String> prepare() {
		return List.of(
				"PREPARE " + ROW + " (text, text, text, text, text) AS "
						+ this.writer.insert(List.of("$1", "$2", "$3", "$4", "$5"), HistoryWriter.elapsed(), "success"),
				"PREPARE " + APPLIED + " (text) AS "
						+ finished(MigrationOperation.MIGRATE, HistoryWriter.elapsed(),
								HistoryWriter.values(Evidence.NONE)),
				"PREPARE " + REVERTED + " (text, text, text, text) AS "
						+ finished(MigrationOperation.ROLLBACK, this.writer.elapsed("$1"), List.of("$2", "$3", "$4")),
				"PREPARE " + STARTED + " (text) AS " + this.writer.started("$1", MigrationOperation.ROLLBACK));
	}

	/**
	 * Return the row of a migration that was applied, and its event.
	 * @param migration the migration
	 * @return the SQL
	 */
	public List<String> applied(Migration migration) {
		return List.of(execute(ROW, HistoryWriter.values(migration)),
				execute(APPLIED, List.of(HistoryWriter.literal(migration.version().text()))));
	}

	/**
	 * Return the removal of a row.
	 * @param row the row
	 * @return the SQL
	 */
	public String removed(AppliedMigration row) {
		return this.writer.removed(row);
	}

	/**
	 * Return the event of a rollback that begins.
	 * @param version the version
	 * @return the SQL
	 */
	public String started(MigrationVersion version) {
		return execute(STARTED, List.of(HistoryWriter.literal(version.text())));
	}

	/**
	 * Return the event of a migration that was taken back.
	 * @param version the version
	 * @param evidence what is known of it
	 * @return the SQL
	 */
	public String reverted(MigrationVersion version, Evidence evidence) {
		List<String> values = new ArrayList<>(List.of(HistoryWriter.literal(version.text())));
		values.addAll(HistoryWriter.values(evidence));
		return execute(REVERTED, values);
	}

	private String finished(MigrationOperation operation, String elapsedMs, List<String> evidence) {
		return this.writer.finished("$1", operation, elapsedMs, evidence);
	}

	private static String execute(String name, List<String> values) {
		return "EXECUTE " + name + "(" + String.join(", ", values) + ")";
	}

}
