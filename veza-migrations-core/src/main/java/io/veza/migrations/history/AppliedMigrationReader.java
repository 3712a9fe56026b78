package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.sql.DatabaseRead;

/**
 * Reads the rows of the history table.
 */
final class AppliedMigrationReader {

	private static final String APPLIED = """
			SELECT h.id, h.version, h.name, h.applied_at, h.checksum, {up_checksum} AS up_checksum, h.execution_time,
				h.status, {down_stored} AS down_stored, %s AS applied_by
			FROM {history} h %s
			ORDER BY h.id""";

	private static final String AUTHORS = """
			LEFT JOIN (
				SELECT DISTINCT ON (version) version, coalesce(requested_by, database_user) AS name
				FROM {events}
				WHERE operation IN ('migrate', 'baseline', 'repair') AND phase = 'finished' AND outcome = 'success'
				ORDER BY version, id DESC) author ON author.version = h.version""";

	private final HistoryLayout layout;

	AppliedMigrationReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of all rows.
	 * @param withAuthors whether to read from the audit log who applied each
	 * @return the read, whose answer has the order of application
	 */
	DatabaseRead<List<AppliedMigration>> applied(boolean withAuthors) {
		return DatabaseRead.list(query(withAuthors && this.layout.eventsExist()), this::row).map(this::requireDistinct);
	}

	private String query(boolean withAuthors) {
		String sql = withAuthors ? APPLIED.formatted("author.name", AUTHORS) : APPLIED.formatted("NULL", "");
		return sql.replace("{history}", this.layout.history())
			.replace("{events}", this.layout.events())
			.replace("{up_checksum}", this.layout.upChecksumExists() ? "h.up_checksum" : "NULL::varchar")
			.replace("{down_stored}", this.layout.downSqlExists() ? "h.down_sql IS NOT NULL" : "false");
	}

	/** To the table, {@code 001} and {@code 1} are two versions. */
	private List<AppliedMigration> requireDistinct(List<AppliedMigration> applied) {
		Map<MigrationVersion, String> spellings = new HashMap<>();
		for (AppliedMigration row : applied) {
			String other = spellings.putIfAbsent(row.version(), row.version().text());
			if (other != null) {
				throw new HistoryRefusedException("The history table \"" + this.layout.schema() + "."
						+ this.layout.tables().history() + "\" holds \"" + other + "\" and \"" + row.version()
						+ "\", which are the same version. Remove the row that no migration belongs to.");
			}
		}
		return applied;
	}

	private AppliedMigration row(ResultSet row) throws SQLException {
		return new AppliedMigration(row.getLong("id"), StoredHistoryValues.version(row, this.layout),
				row.getString("name"), row.getObject("applied_at", LocalDateTime.class),
				StoredHistoryValues.checksum(row.getString("checksum")),
				StoredHistoryValues.checksum(row.getString("up_checksum")),
				row.getObject("execution_time", Integer.class), HistoryLayout.BASELINE.equals(row.getString("status")),
				row.getBoolean("down_stored"), row.getString("applied_by"));
	}

}
