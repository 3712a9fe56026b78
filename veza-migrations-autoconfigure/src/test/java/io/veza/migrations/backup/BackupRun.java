package io.veza.migrations.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.DataLoss;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * A rollback with a backup, step by step as the engine does it.
 */
final class BackupRun implements AutoCloseable {

	static final String SCHEMA = "veza_backup";

	private final LossFinder finder = new LossFinder(
			List.of("schema_migrations", "schema_migration_events", "schema_migration_progress"), SCHEMA);

	private final Connection connection;

	private BackupRun(Connection connection) {
		this.connection = connection;
	}

	static BackupRun on(TestDatabase database) throws SQLException {
		return on(database.dataSource());
	}

	static BackupRun on(DataSource dataSource) throws SQLException {
		return new BackupRun(dataSource.getConnection());
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	String setting(String name) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW " + name)) {
			row.next();
			return row.getString(1);
		}
	}

	void begin() throws SQLException {
		execute("BEGIN");
	}

	DataPicture look() throws SQLException {
		return this.finder.look(this.connection);
	}

	/** Run a DOWN and take it back. */
	List<DataLoss> lost(String down) throws SQLException {
		execute("BEGIN");
		Losses losses = rehearse(down);
		execute("ROLLBACK");
		return losses.describe();
	}

	private Losses rehearse(String down) throws SQLException {
		DataPicture before = look();
		execute("SAVEPOINT down");
		execute(down);
		DataPicture after = look();
		execute("ROLLBACK TO SAVEPOINT down");
		return before.until(after);
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
