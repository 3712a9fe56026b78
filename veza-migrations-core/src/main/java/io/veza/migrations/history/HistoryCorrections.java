package io.veza.migrations.history;

import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * Corrects, as SQL, rows of the history by what the files say, without running anything.
 */
public final class HistoryCorrections {

	private static final String UPDATE_CHECKSUMS = """
			UPDATE {history}
			SET checksum = %s, up_checksum = %s, down_sql = %s
			WHERE id = %s""";

	private static final String RENAME = """
			UPDATE {history}
			SET version = %s, name = %s, checksum = %s, up_checksum = %s, down_sql = %s
			WHERE id = %s""";

	/** What is recorded of the version is found under its new name. */
	private static final String RENAME_IN_RECORDS = """
			UPDATE {records}
			SET versions = pg_catalog.array_replace(versions, %1$s, %2$s)
			WHERE %1$s = ANY (versions)""";

	private static final String UPDATE_DOWN = "UPDATE {history} SET down_sql = %s WHERE id = %s";

	/** The operation of the event that tells of a stored DOWN which was replaced. */
	private static final String REFRESH = "refresh";

	private static final String FILL_MISSING = """
			UPDATE {history}
			SET checksum = coalesce(checksum, %s), up_checksum = %s, down_sql = coalesce(down_sql, %s)
			WHERE id = %s AND up_checksum IS NULL""";

	private final HistoryStatements statements;

	HistoryCorrections(HistoryStatements statements) {
		this.statements = statements;
	}

	/**
	 * Return the acceptance of a file for a row.
	 * @param row the row
	 * @param migration the file
	 * @return the SQL
	 */
	public String accepted(AppliedMigration row, Migration migration) {
		return this.statements.filled(UPDATE_CHECKSUMS, SqlQuoting.literal(migration.checksum().value()),
				SqlQuoting.literal(migration.upChecksum().value()), HistoryStatements.storedDown(migration), row.id());
	}

	/**
	 * Return the acceptance of a renamed file for the row that it had under its earlier
	 * name. The row keeps its place in the order of application.
	 * @param row the row
	 * @param migration the file
	 * @return the SQL
	 */
	public List<String> renamed(AppliedMigration row, Migration migration) {
		List<String> values = HistoryStatements.values(migration);
		return List.of(
				this.statements.filled(RENAME, values.get(0), values.get(1), values.get(2), values.get(3),
						values.get(4), row.id()),
				this.statements.filled(RENAME_IN_RECORDS, SqlQuoting.literal(row.version().text()), values.get(0)));
	}

	/**
	 * Return the completion of a row that another runner wrote.
	 * @param row the row
	 * @param migration the file that matches it
	 * @return the SQL
	 */
	public String filled(AppliedMigration row, Migration migration) {
		return this.statements.filled(FILL_MISSING, SqlQuoting.literal(migration.checksum().value()),
				SqlQuoting.literal(migration.upChecksum().value()), HistoryStatements.storedDown(migration), row.id());
	}

	/**
	 * Return the replacement of a stored DOWN by that of a file, and its event.
	 * @param row the row
	 * @param migration the file
	 * @param before the checksum of what is stored, {@code null} if nothing is
	 * @param after the checksum of what the file says, {@code null} if it is too large to
	 * be stored
	 * @return the SQL
	 */
	public List<String> refreshed(AppliedMigration row, Migration migration, @Nullable Checksum before,
			@Nullable Checksum after) {
		String reason = "The DOWN of \"" + migration.file() + "\" was corrected: SHA-256 "
				+ ((before != null) ? before : "of nothing") + " stored before, "
				+ ((after != null) ? after + " now" : "nothing now, because it has more than 1 MB");
		return List.of(this.statements.filled(UPDATE_DOWN, HistoryStatements.storedDown(migration), row.id()),
				this.statements.event(SqlQuoting.literal(row.version().text()),
						HistoryEventValues.noted(REFRESH, reason)));
	}

}
