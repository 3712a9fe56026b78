package io.veza.migrations.benchmarks.probe.raw;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;

/**
 * A loop that sends BEGIN, then the statements with the history row, then COMMIT.
 */
public final class FlightsEach implements Tool {

	@Override
	public void migrate(Target database, Path folder) throws Exception {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (RawMigration migration : RawHistory.pending(statement, folder)) {
				statement.execute("BEGIN");
				statement.execute(migration.up() + "\n" + migration.insert());
				statement.execute("COMMIT");
			}
		}
	}

}
