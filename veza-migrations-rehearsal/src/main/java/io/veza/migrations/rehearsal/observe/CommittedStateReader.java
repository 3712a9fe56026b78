package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.ResultSet;
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

	private static final String NEXT_TRANSACTION = """
			SELECT (pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint % 4294967296)::text""";

	private static final String VERSION = "SHOW server_version";

	private final Connection connection;

	private final CatalogCamera camera;

	private final RelationLook look;

	private final FactsReader facts;

	private Observer(Connection connection) throws SQLException {
		this.connection = connection;
		this.camera = new CatalogCamera(connection, NOTHING);
		this.look = new RelationLook(connection);
		this.facts = FactsReader.unlocked(connection);
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

	/**
	 * Return the number that the next transaction will have at least.
	 * @return the number, as transactions that write rows are numbered
	 * @throws SQLException if the server refuses it
	 */
	String nextTransaction() throws SQLException {
		return query(NEXT_TRANSACTION);
	}

	/**
	 * Return the version of the server.
	 * @return such as {@code 17.2}
	 * @throws SQLException if the server refuses it
	 */
	String serverVersion() throws SQLException {
		return query(VERSION);
	}

	private String query(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
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
