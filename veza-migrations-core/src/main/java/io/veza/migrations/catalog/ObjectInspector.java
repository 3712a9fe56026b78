package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.sql.StatementRunner;

/**
 * Reads from the catalogs whether the object that a statement creates, drops or detaches
 * exists. Names are given as SQL writes them, and resolved as SQL resolves them in the
 * session of the connection.
 */
public final class ObjectInspector {

	private static final String PENDING_DETACH = """
			SELECT 'found'
			FROM pg_catalog.pg_inherits h
			WHERE h.inhparent = pg_catalog.to_regclass(?)
				AND h.inhrelid = pg_catalog.to_regclass(?)
				AND h.inhdetachpending""";

	private static final String PARTITION = """
			SELECT 'found'
			FROM pg_catalog.pg_inherits h
			JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
			WHERE h.inhparent = pg_catalog.to_regclass(?)
				AND h.inhrelid = pg_catalog.to_regclass(?)
				AND c.relispartition""";

	private static final String DATABASE = """
			SELECT 'found'
			FROM pg_catalog.pg_database d
			WHERE d.datname = (pg_catalog.parse_ident(?))[1]::name""";

	private static final String TABLESPACE = """
			SELECT 'found'
			FROM pg_catalog.pg_tablespace t
			WHERE t.spcname = (pg_catalog.parse_ident(?))[1]::name""";

	private static final String SUBSCRIPTION = """
			SELECT 'found'
			FROM pg_catalog.pg_subscription s
			JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
			WHERE s.subname = (pg_catalog.parse_ident(?))[1]::name AND d.datname = pg_catalog.current_database()""";

	/**
	 * Return whether the detaching of a partition was begun and not completed.
	 * @param connection the connection to ask on
	 * @param parent the partitioned table
	 * @param partition the partition
	 * @return whether it was
	 * @throws SQLException if the query fails
	 */
	public boolean isDetachPending(Connection connection, String parent, String partition) throws SQLException {
		return exists(connection, PENDING_DETACH, parent, partition);
	}

	/**
	 * Return whether a table is a partition of another one. It is one until its detaching
	 * is completed.
	 * @param connection the connection to ask on
	 * @param parent the partitioned table
	 * @param partition the other table
	 * @return whether it is
	 * @throws SQLException if the query fails
	 */
	public boolean isPartition(Connection connection, String parent, String partition) throws SQLException {
		return exists(connection, PARTITION, parent, partition);
	}

	/**
	 * Return whether a database exists.
	 * @param connection the connection to ask on
	 * @param name its name
	 * @return whether it exists
	 * @throws SQLException if the query fails
	 */
	public boolean databaseExists(Connection connection, String name) throws SQLException {
		return exists(connection, DATABASE, name);
	}

	/**
	 * Return whether a tablespace exists.
	 * @param connection the connection to ask on
	 * @param name its name
	 * @return whether it exists
	 * @throws SQLException if the query fails
	 */
	public boolean tablespaceExists(Connection connection, String name) throws SQLException {
		return exists(connection, TABLESPACE, name);
	}

	/**
	 * Return whether the database has a subscription.
	 * @param connection the connection to ask on
	 * @param name its name
	 * @return whether it exists
	 * @throws SQLException if the query fails
	 */
	public boolean subscriptionExists(Connection connection, String name) throws SQLException {
		return exists(connection, SUBSCRIPTION, name);
	}

	private static boolean exists(Connection connection, String query, String... names) throws SQLException {
		return !new StatementRunner(connection).query(query, (row) -> row.getString(1), (Object[]) names).isEmpty();
	}

}
