package io.veza.migrations.backup.pgdump;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The tables that have to be in a file, partitions included, and what they weigh.
 *
 * @param tables the tables
 * @param bytes the size of them, or of the whole database if that is written
 */
record PgDumpTables(List<Table> tables, long bytes) {

	// pg_dump takes a partitioned table without its partitions
	private static final String RESOLVE = """
			WITH RECURSIVE asked AS (
				SELECT t.name, pg_catalog.to_regclass(t.name)::oid AS oid
				FROM unnest(?::text[]) AS t(name)
			), tree AS (
				SELECT asked.oid
				FROM asked
				WHERE asked.oid IS NOT NULL
				UNION
				SELECT i.inhrelid
				FROM tree
				JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.oid
				JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
			)
			SELECT asked.name, NULL AS oid, NULL AS kind, 0 AS bytes
			FROM asked
			WHERE asked.oid IS NULL
			UNION ALL
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.oid, c.relkind,
				coalesce(pg_catalog.pg_table_size(c.oid), 0)
			FROM tree
			JOIN pg_catalog.pg_class c ON c.oid = tree.oid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			ORDER BY name""";

	// the size of a table is to be had only under a lock
	private static final String LIMIT_WAIT = """
			SELECT pg_catalog.set_config('lock_timeout', '2s', true)""";

	private static final String DATABASE_SIZE = """
			SELECT pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes""";

	PgDumpTables {
		tables = List.copyOf(tables);
	}

	/**
	 * Read tables.
	 * @param connection the connection to ask on
	 * @param names the tables with their schemas, quoted where needed
	 * @param whole whether the whole database is written
	 * @return the tables
	 * @throws BackupFailedException if there is no such table, or the server does not say
	 */
	static PgDumpTables find(Connection connection, List<String> names, boolean whole) {
		try {
			List<Table> tables = names.isEmpty() ? List.of() : lockedBriefly(connection, names);
			long bytes = whole ? databaseSize(connection) : tables.stream().mapToLong(Table::bytes).sum();
			return new PgDumpTables(tables, bytes);
		}
		catch (SQLException ex) {
			throw new BackupFailedException(
					"The server did not say how big is what is to be backed up: " + ex.getMessage() + ".",
					PgDumpAdvice.of(String.valueOf(ex.getMessage())), ex);
		}
	}

	private static List<Table> lockedBriefly(Connection connection, List<String> names) throws SQLException {
		connection.setAutoCommit(false);
		try (PreparedStatement limit = connection.prepareStatement(LIMIT_WAIT)) {
			limit.execute();
			return tables(connection, names);
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private static List<Table> tables(Connection connection, List<String> names) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
			statement.setArray(1, connection.createArrayOf("text", names.toArray()));
			List<Table> tables = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					tables.add(table(rows.getString("name"), rows.getString("kind"), rows));
				}
			}
			return tables;
		}
	}

	private static Table table(String name, @Nullable String kind, ResultSet row) throws SQLException {
		if (kind == null) {
			throw new BackupFailedException("The table \"" + name + "\" that is to be backed up does not exist.",
					"Make a new plan.", null);
		}
		return new Table(name, row.getLong("oid"), "r".equals(kind), row.getLong("bytes"));
	}

	private static long databaseSize(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(DATABASE_SIZE);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong("bytes");
		}
	}

	/**
	 * A table, or something like it.
	 *
	 * @param name its name with its schema, quoted where needed
	 * @param oid its number in the catalogs
	 * @param holdsRows whether it is an ordinary table
	 * @param bytes its size
	 */
	record Table(String name, long oid, boolean holdsRows, long bytes) {

		/** The catalog that the numbers of tables belong to, in every version. */
		private static final int PG_CLASS = 1259;

		/**
		 * Return how {@code pg_dump} names the entry of its rows, or of its definition if
		 * it has none.
		 * @return the class and the number of the entry
		 */
		String entry() {
			return "(class " + (this.holdsRows ? 0 : PG_CLASS) + " OID " + this.oid + ")";
		}

	}

}
