package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Takes pictures of the schema of a database on a session of its own, whose settings stay
 * as definitions need them: the query is planned only once.
 */
public final class CatalogCamera implements AutoCloseable {

	private final PreparedStatement query;

	/**
	 * Create a new instance.
	 * @param connection the connection, in autocommit mode, which keeps the settings
	 * @param own what is not looked at
	 * @throws SQLException if the server refuses a setting
	 */
	public CatalogCamera(Connection connection, OwnObjects own) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String pin : SnapshotQuery.PINS) {
				statement.addBatch(pin.replaceFirst("^SET LOCAL", "SET"));
			}
			statement.executeBatch();
		}
		this.query = connection.prepareStatement(new SnapshotQuery(own).sql());
	}

	/**
	 * Take a picture of what is committed.
	 * @return the picture
	 * @throws SQLException if the server refuses it
	 */
	public CatalogPicture take() throws SQLException {
		CatalogPicture.Builder picture = new CatalogPicture.Builder();
		try (ResultSet rows = this.query.executeQuery()) {
			while (rows.next()) {
				picture.add(rows.getString("kind"), rows.getString("identity"), rows.getString("relation"),
						rows.getString("definition"));
			}
		}
		return picture.build();
	}

	@Override
	public void close() throws SQLException {
		this.query.close();
	}

}
