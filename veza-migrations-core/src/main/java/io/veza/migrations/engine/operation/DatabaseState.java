package io.veza.migrations.engine.operation;

import java.util.Map;

import io.veza.migrations.MigrationHistory;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.sql.Checksum;

/**
 * Everything in a database that decides about a run.
 *
 * @param facts what PostgreSQL says of the database
 * @param layout the history tables from which the rest was read
 * @param history the history
 * @param storedDowns the checksums of all stored DOWNs by the id of the row
 */
public record DatabaseState(DatabaseFacts facts, HistoryLayout layout, MigrationHistory history,
		Map<Long, Checksum> storedDowns) {

	public DatabaseState {
		storedDowns = Map.copyOf(storedDowns);
	}

	DatabaseState with(Map<Long, Checksum> checksums) {
		return new DatabaseState(this.facts, this.layout, this.history, checksums);
	}

}
