package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.history.HistoryTables;

/**
 * Reads which migrations are applied to a database.
 */
final class AppliedVersions {

	private AppliedVersions() {
	}

	/**
	 * Read the history.
	 * @param database the database
	 * @param tables the names of the history tables
	 * @return the versions, in the order in which they were applied
	 */
	static List<MigrationVersion> read(DataSource database, HistoryTables tables) {
		try (Connection connection = database.getConnection()) {
			DatabaseFacts facts = new DatabaseInspector().inspect(connection, tables.schema(), tables.all());
			String schema = facts.schema();
			if (schema == null) {
				return List.of();
			}
			HistoryLayout layout = HistoryLayout.of(schema, tables, facts.tables());
			return new HistoryReader(layout).read(connection)
				.applied()
				.stream()
				.map(AppliedMigration::version)
				.toList();
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException("The history cannot be read: " + Keeper.message(ex) + ".",
					"Check the connection of the database whose pending migrations are to be rehearsed.", ex);
		}
	}

}
