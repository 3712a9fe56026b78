package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.veza.migrations.catalog.CatalogCamera;
import io.veza.migrations.catalog.OwnObjects;

/**
 * The session that looks at what sections have committed.
 */
final class Observer implements AutoCloseable {

	/** There are no history tables and no backups in a scratch database. */
	private static final OwnObjects NOTHING = new OwnObjects("", Set.of(), Set.of(), "");

	private final Connection connection;

	private final CatalogCamera camera;

	private final RelationLook look;

	private final FactsReader facts;

	private Observer(Connection connection) throws SQLException {
		this.connection = connection;
		this.camera = new CatalogCamera(connection, NOTHING);
		this.look = new RelationLook(connection);
		this.facts = new FactsReader(connection);
	}

	/**
	 * Begin to look.
	 * @param connection the connection, which is closed with the observer
	 * @return the observer
	 * @throws SQLException if the server refuses it
	 */
	static Observer open(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET lock_timeout = '10s'");
			return new Observer(connection);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	Connection connection() {
		return this.connection;
	}

	CatalogCamera camera() {
		return this.camera;
	}

	RelationLook look() {
		return this.look;
	}

	FactsReader facts() {
		return this.facts;
	}

	@Override
	public void close() throws SQLException {
		try (this.connection; this.camera; this.look; this.facts) {
			// nothing else to do
		}
	}

}
