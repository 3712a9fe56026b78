package io.veza.migrations.benchmarks.probe.raw;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.probe.Tool;

/**
 * A loop that sends the transactions of 100 migrations in one flight. Only the last
 * commit waits for the disk, and with it all others: what PostgreSQL can do at best with
 * a commit each.
 */
public final class Pipelined implements Tool {

	private static final int FLIGHT = 100;

	@Override
	public void migrate(Target database, Path folder) throws Exception {
		try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			List<RawMigration> pending = RawHistory.pending(statement, folder);
			for (int i = 0; i < pending.size(); i++) {
				boolean last = i == pending.size() - 1;
				add(statement, pending.get(i), last);
				if (last || (i + 1) % FLIGHT == 0) {
					statement.executeBatch();
				}
			}
		}
	}

	private static void add(Statement batch, RawMigration migration, boolean last) throws SQLException {
		batch.addBatch("BEGIN");
		if (!last) {
			batch.addBatch("SET LOCAL synchronous_commit = off");
		}
		for (String sql : migration.statements()) {
			batch.addBatch(sql);
		}
		batch.addBatch(migration.insert());
		batch.addBatch("COMMIT");
	}

}
