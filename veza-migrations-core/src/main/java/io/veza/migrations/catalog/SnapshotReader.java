package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Takes snapshots of the schema of a database in a session of its own. The settings of
 * that session stay as definitions need them, so that the query is planned only once.
 */
public final class SnapshotReader implements AutoCloseable {

	private final PreparedStatement query;

	/**
	 * Create a new instance.
	 * @param connection the connection, in autocommit mode, which keeps the settings
	 * @param own the objects that are left out
	 * @throws SQLException if the server refuses a setting
	 */
	public SnapshotReader(Connection connection, MigratorObjects own) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String pin : SnapshotQuery.PINS) {
				statement.addBatch(pin.replaceFirst("^SET LOCAL", "SET"));
			}
			statement.executeBatch();
		}
		this.query = connection.prepareStatement(new SnapshotQuery(own).sql());
	}

	/**
	 * Take a snapshot of what is committed.
	 * @return the snapshot
	 * @throws SQLException if the server refuses it
	 */
	public CatalogSnapshot take() throws SQLException {
		CatalogSnapshot.Builder snapshot = new CatalogSnapshot.Builder();
		try (ResultSet rows = this.query.executeQuery()) {
			while (rows.next()) {
				snapshot.add(rows.getString("kind"), rows.getString("identity"), rows.getString("relation"),
						rows.getString("definition"));
			}
		}
		return snapshot.build();
	}

	@Override
	public void close() throws SQLException {
		this.query.close();
	}

}
