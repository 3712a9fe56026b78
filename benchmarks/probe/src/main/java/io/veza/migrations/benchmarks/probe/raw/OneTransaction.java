package io.veza.migrations.benchmarks.probe.raw;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;

/**
 * A loop that applies everything in one transaction, 100 migrations per flight.
 */
public final class OneTransaction implements Tool {

	private static final int FLIGHT = 100;

	@Override
	public void migrate(Target database, Path folder) throws Exception {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			List<RawMigration> pending = RawHistory.pending(statement, folder);
			connection.setAutoCommit(false);
			for (int i = 0; i < pending.size(); i += FLIGHT) {
				for (RawMigration migration : pending.subList(i, Math.min(i + FLIGHT, pending.size()))) {
					for (String sql : migration.statements()) {
						statement.addBatch(sql);
					}
					statement.addBatch(migration.insert());
				}
				statement.executeBatch();
			}
			connection.commit();
		}
	}

}
