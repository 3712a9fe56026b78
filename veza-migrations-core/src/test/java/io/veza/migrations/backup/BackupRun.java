package io.veza.migrations.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.veza.migrations.Backup;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.copy.InDatabaseBackup;
import io.veza.migrations.backup.copy.KeptData;
import io.veza.migrations.backup.loss.DataLossFinder;
import io.veza.migrations.backup.loss.DataSnapshot;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.backup.restore.InDatabaseRestore;
import io.veza.migrations.backup.restore.RestoredObject;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A rollback with a backup, step by step as the engine does it.
 */
public final class BackupRun implements AutoCloseable {

	static final String SCHEMA = "veza_backup";

	private final DataLossFinder finder = new DataLossFinder(
			List.of("schema_migrations", "schema_migration_events", "schema_migration_progress"), SCHEMA);

	public static final UUID RESTORE = new UUID(7, 7);

	private final UUID operation = UUID.fromString("1a2b3c4d-0000-4000-8000-000000000001");

	private final Connection connection;

	private long maxBytes = 1024L * 1024 * 1024;

	private BackupRun(Connection connection) {
		this.connection = connection;
	}

	public static BackupRun on(TestDatabase database) throws SQLException {
		return on(database.dataSource());
	}

	public static BackupRun on(DataSource dataSource) throws SQLException {
		return new BackupRun(dataSource.getConnection());
	}

	public void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	public String setting(String name) throws SQLException {
		try (Statement statement = this.connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW " + name)) {
			row.next();
			return row.getString(1);
		}
	}

	public void begin() throws SQLException {
		execute("BEGIN");
	}

	public DataSnapshot snapshot() throws SQLException {
		return this.finder.snapshot(this.connection);
	}

	/** Run a DOWN and take it back. */
	public List<DataLoss> lost(String down) throws SQLException {
		execute("BEGIN");
		ObservedDataLosses losses = rehearse(down);
		execute("ROLLBACK");
		return losses.describe();
	}

	/** Run a DOWN with a backup, and commit. */
	public Backup rollback(String down) throws SQLException {
		return rollback(down, this.operation);
	}

	public Backup rollback(String down, UUID operationId) throws SQLException {
		begin();
		Backup backup = uncommitted(down, operationId);
		execute("COMMIT");
		return backup;
	}

	/** Run a DOWN with a backup that fails, and take all back. */
	public BackupFailedException refusal(String down) throws SQLException {
		begin();
		BackupFailedException refusal = catchThrowableOfType(BackupFailedException.class,
				() -> uncommitted(down, this.operation));
		execute("ROLLBACK");
		return refusal;
	}

	public Backup uncommitted(String down, UUID operationId) throws SQLException {
		KeptData kept = keep(rehearse(down), operationId);
		execute(down);
		return kept.settle(this.connection);
	}

	public KeptData keep(ObservedDataLosses losses, UUID operationId) throws SQLException {
		BackupContext context = new BackupContext(operationId,
				List.of(MigrationVersion.of("004"), MigrationVersion.of("003")), Migrators.OPERATOR);
		return new InDatabaseBackup(this.finder, SCHEMA, this.maxBytes).keep(this.connection, losses, context);
	}

	/** Bring back what a rollback destroyed, and commit. */
	public List<RestoredObject> restore() throws SQLException {
		begin();
		List<RestoredObject> restored = new InDatabaseRestore(SCHEMA).restore(this.connection, this.operation, RESTORE,
				new RequestOrigin("rita", null, false));
		execute("COMMIT");
		return restored;
	}

	/** Try to bring back what a rollback destroyed, and take all back. */
	public RestoreFailedException restoreRefusal() throws SQLException {
		RestoreFailedException refusal = catchThrowableOfType(RestoreFailedException.class, this::restore);
		execute("ROLLBACK");
		return refusal;
	}

	public BackupRun limitedTo(long bytes) {
		this.maxBytes = bytes;
		return this;
	}

	public UUID operation() {
		return this.operation;
	}

	public Connection connection() {
		return this.connection;
	}

	public ObservedDataLosses rehearse(String down) throws SQLException {
		DataSnapshot before = snapshot();
		execute("SAVEPOINT down");
		execute(down);
		ObservedDataLosses losses = this.finder.lostSince(this.connection, before);
		execute("ROLLBACK TO SAVEPOINT down");
		return losses;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
