package io.veza.migrations.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryWriter.Evidence;
import io.veza.migrations.sql.SqlQuoting;

/**
 * Writes the same history as {@link HistoryWriter} in a session that prepares the
 * statements: they are planned once, and those for hundreds of migrations are short.
 */
public final class PreparedHistoryWriter {

	private static final String ROW = "veza_migrations_row";

	private static final String APPLIED = "veza_migrations_applied";

	private static final String REVERTED = "veza_migrations_reverted";

	private static final String STARTED = "veza_migrations_started";

	private static final String VERSION = "$1";

	private final HistoryStatements statements;

	PreparedHistoryWriter(HistoryStatements statements) {
		this.statements = statements;
	}

	/**
	 * Return the statements that prepare the others. The tables have to be there.
	 * @return the SQL
	 */
	public List<String> prepare() {
		String elapsed = HistoryStatements.elapsedWithoutEvent();
		return List.of(
				prepare(ROW, 5, this.statements.row(List.of(VERSION, "$2", "$3", "$4", "$5"), elapsed, "success")),
				prepare(APPLIED, 1, event(HistoryEventValues.succeeded(MigrationOperation.MIGRATE, elapsed))),
				prepare(REVERTED, 4,
						event(HistoryEventValues.succeeded(MigrationOperation.ROLLBACK,
								this.statements.elapsed(VERSION), List.of("$2", "$3", "$4")))),
				prepare(STARTED, 1, event(HistoryEventValues.started(MigrationOperation.ROLLBACK))));
	}

	private String event(HistoryEventValues event) {
		return this.statements.event(VERSION, event);
	}

	private static String prepare(String name, int parameters, String sql) {
		return "PREPARE " + name + " (" + String.join(", ", Collections.nCopies(parameters, "text")) + ") AS " + sql;
	}

	/**
	 * Return the row of a migration that was applied, and its event.
	 * @param migration the migration
	 * @return the SQL
	 */
	public List<String> applied(Migration migration) {
		return List.of(execute(ROW, HistoryStatements.values(migration)),
				execute(APPLIED, List.of(SqlQuoting.literal(migration.version().text()))));
	}

	/**
	 * Return the removal of a row.
	 * @param row the row
	 * @return the SQL
	 */
	public String removed(AppliedMigration row) {
		return this.statements.removed(row);
	}

	/**
	 * Return the event of a rollback that begins.
	 * @param version the version
	 * @return the SQL
	 */
	public String started(MigrationVersion version) {
		return execute(STARTED, List.of(SqlQuoting.literal(version.text())));
	}

	/**
	 * Return the event of a migration that was taken back.
	 * @param version the version
	 * @param evidence what is known of it
	 * @return the SQL
	 */
	public String reverted(MigrationVersion version, Evidence evidence) {
		List<String> values = new ArrayList<>(List.of(SqlQuoting.literal(version.text())));
		values.addAll(HistoryStatements.values(evidence));
		return execute(REVERTED, values);
	}

	private static String execute(String name, List<String> values) {
		return "EXECUTE " + name + "(" + String.join(", ", values) + ")";
	}

}
