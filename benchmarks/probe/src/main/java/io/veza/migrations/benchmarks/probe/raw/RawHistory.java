package io.veza.migrations.benchmarks.probe.raw;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The history table of the loops.
 */
final class RawHistory {

	static final String INSERT = """
			INSERT INTO raw_history (version, description, checksum)
			VALUES ('%s', '%s', '%s')""";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS raw_history (
			  version text PRIMARY KEY,
			  description text NOT NULL,
			  checksum text NOT NULL,
			  applied_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
			)""";

	private static final String SELECT = """
			SELECT version, checksum
			FROM raw_history
			ORDER BY version""";

	private static final String UNDEFINED_TABLE = "42P01";

	private RawHistory() {
	}

	/** The migrations that are not applied, after a check of those that are. */
	static List<RawMigration> pending(Statement statement, Path folder) throws IOException, SQLException {
		List<RawMigration> migrations = RawMigration.in(folder);
		Map<String, String> checksums = checksums(statement);
		List<RawMigration> pending = new ArrayList<>();
		for (RawMigration migration : migrations) {
			String applied = checksums.get(migration.version());
			if (applied == null) {
				pending.add(migration);
			}
			else if (!applied.equals(migration.checksum())) {
				throw new IllegalStateException(
						"\"" + migration.version() + "\" was changed after it was applied. Restore it.");
			}
		}
		if (!pending.isEmpty()) {
			statement.execute(CREATE);
		}
		return pending;
	}

	private static Map<String, String> checksums(Statement statement) throws SQLException {
		Map<String, String> checksums = new HashMap<>();
		try (ResultSet rows = statement.executeQuery(SELECT)) {
			while (rows.next()) {
				checksums.put(rows.getString(1), rows.getString(2));
			}
		}
		catch (SQLException ex) {
			if (!UNDEFINED_TABLE.equals(ex.getSQLState())) {
				throw ex;
			}
		}
		return checksums;
	}

}
