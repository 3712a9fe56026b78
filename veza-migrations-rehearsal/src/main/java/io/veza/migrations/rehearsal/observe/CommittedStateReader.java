package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.veza.migrations.catalog.MigratorObjects;
import io.veza.migrations.catalog.SnapshotReader;

/**
 * The session that reads what sections have committed.
 */
public final class CommittedStateReader implements AutoCloseable {

	/** There are no history tables and no backups in a scratch database. */
	private static final MigratorObjects NOTHING = new MigratorObjects("", Set.of(), Set.of(), "");

	private static final String NEXT_TRANSACTION = """
			SELECT (pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint % 4294967296)::text""";

	private static final String VERSION = "SHOW server_version";

	private final Connection connection;

	private final SnapshotReader snapshotReader;

	private final RelationReader relationReader;

	private final RelationFactsReader facts;

	private CommittedStateReader(Connection connection) throws SQLException {
		this.connection = connection;
		this.snapshotReader = new SnapshotReader(connection, NOTHING);
		this.relationReader = new RelationReader(connection);
		this.facts = RelationFactsReader.unlocked(connection);
	}

	/**
	 * Begin to read.
	 * @param connection the connection, which is closed with the observer
	 * @return the observer
	 * @throws SQLException if the server refuses it
	 */
	public static CommittedStateReader open(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET lock_timeout = '10s'");
			return new CommittedStateReader(connection);
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
	public String nextTransaction() throws SQLException {
		return query(NEXT_TRANSACTION);
	}

	/**
	 * Return the version of the server.
	 * @return such as {@code 17.2}
	 * @throws SQLException if the server refuses it
	 */
	public String serverVersion() throws SQLException {
		return query(VERSION);
	}

	private String query(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	public Connection connection() {
		return this.connection;
	}

	public SnapshotReader snapshotReader() {
		return this.snapshotReader;
	}

	public RelationReader relationReader() {
		return this.relationReader;
	}

	public RelationFactsReader facts() {
		return this.facts;
	}

	@Override
	public void close() throws SQLException {
		try (this.connection; this.snapshotReader; this.relationReader; this.facts) {
			// nothing else to do
		}
	}

}
