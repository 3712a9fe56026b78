package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.sql.SqlErrorText;

/**
 * Reads which migrations are applied to a database.
 */
public final class AppliedVersionReader {

	private AppliedVersionReader() {
	}

	/**
	 * Read the history.
	 * @param database the database
	 * @param tables the names of the history tables
	 * @return the versions, in the order in which they were applied
	 */
	public static List<MigrationVersion> read(DataSource database, HistoryTableNames tables) {
		try (Connection connection = database.getConnection()) {
			DatabaseFacts facts = new DatabaseInspector().facts(tables.schema(), tables.all()).read(connection);
			String schema = facts.schema();
			if (schema == null) {
				return List.of();
			}
			HistoryLayout layout = HistoryLayout.of(schema, tables, facts.tables());
			return new HistoryReader(layout).history()
				.read(connection)
				.applied()
				.stream()
				.map(AppliedMigration::version)
				.toList();
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException("The history cannot be read: " + SqlErrorText.of(ex) + ".",
					"Check the connection of the database whose pending migrations are to be rehearsed.", ex);
		}
	}

}
