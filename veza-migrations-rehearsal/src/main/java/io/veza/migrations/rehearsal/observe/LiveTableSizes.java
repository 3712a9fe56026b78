package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.effect.LiveTableSize;
import io.veza.migrations.sql.SqlErrorText;

/**
 * The sizes of the tables of the real database. They are read from what PostgreSQL
 * remembers of its last vacuum and its statistics, without a lock on any table: they are
 * estimates, and of two the larger one is taken. A table of which PostgreSQL remembers
 * nothing has no size, and is not taken for empty.
 *
 * @param tables the sizes by the tables with their schema, as SQL writes them; that of a
 * table with partitions or heirs includes theirs
 * @since 0.1.0
 */
public record LiveTableSizes(Map<String, LiveTableSize> tables) {

	private static final String SETTINGS = "SET LOCAL statement_timeout = '10s'; SET LOCAL quote_all_identifiers = off";

	/**
	 * The functions that tell the size of a file take a lock, which may have to wait. The
	 * smallest row takes 32 bytes, with its header and its place in the page.
	 */
	private static final String SIZES = """
			WITH RECURSIVE own AS (
				SELECT c.oid, c.reltuples >= 0 OR s.live > 0 OR c.relkind IN ('p', 'f') AS known,
					CASE
						WHEN c.relkind IN ('p', 'f') THEN 0
						ELSE greatest(c.reltuples::float8::bigint, s.live, 0)
					END AS rows,
					CASE
						WHEN c.relkind IN ('p', 'f') THEN 0
						ELSE (c.relpages::bigint + coalesce(large.relpages, 0))
							* current_setting('block_size')::bigint
					END AS bytes
				FROM pg_catalog.pg_class c
				CROSS JOIN LATERAL (SELECT pg_catalog.pg_stat_get_live_tuples(c.oid) AS live) s
				LEFT JOIN pg_catalog.pg_class large ON large.oid = c.reltoastrelid
				WHERE c.relkind IN ('r', 'm', 'p', 'f')
			), family (ancestor, oid) AS (
				SELECT c.oid, c.oid
				FROM pg_catalog.pg_class c
				WHERE c.relkind IN ('r', 'm', 'p') AND c.relpersistence <> 't'
				UNION
				SELECT f.ancestor, i.inhrelid
				FROM family f
				JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
			)
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
				pg_catalog.sum(own.rows)::bigint AS rows,
				pg_catalog.sum(greatest(own.bytes, own.rows * 32))::bigint AS bytes
			FROM family f
			JOIN own ON own.oid = f.oid
			JOIN pg_catalog.pg_class c ON c.oid = f.ancestor
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
			GROUP BY n.nspname, c.relname
			HAVING pg_catalog.bool_and(own.known)""";

	public LiveTableSizes {
		tables = Map.copyOf(tables);
	}

	/**
	 * Read the sizes in a transaction that is read-only.
	 * @param dataSource leads to the real database
	 * @return the sizes
	 * @throws DatabaseUnreachableException if there is no connection
	 * @throws RehearsalException if they cannot be read
	 */
	public static LiveTableSizes read(DataSource dataSource) {
		try (Connection connection = connect(dataSource)) {
			boolean readOnly = connection.isReadOnly();
			boolean autocommit = connection.getAutoCommit();
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			try {
				return read(connection);
			}
			finally {
				connection.rollback();
				connection.setAutoCommit(autocommit);
				connection.setReadOnly(readOnly);
			}
		}
		catch (SQLException ex) {
			throw new RehearsalException(
					"The sizes of the tables of the real database could not be read: " + SqlErrorText.of(ex) + ".",
					"Settle that, or rehearse without the real database.", ex);
		}
	}

	private static Connection connect(DataSource dataSource) {
		try {
			return dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException(
					"The real database, whose sizes a rehearsal reads, cannot be reached: " + reason(ex) + ".",
					"Check its URL, user and password, or rehearse without it.", ex);
		}
	}

	/** A URL for which there is no driver is in the message, maybe with a password. */
	private static String reason(SQLException failure) {
		String message = SqlErrorText.of(failure);
		return message.contains("jdbc:") || message.startsWith("No suitable driver") ? "no JDBC driver takes the URL"
				: message;
	}

	private static LiveTableSizes read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(SETTINGS);
			try (ResultSet rows = statement.executeQuery(SIZES)) {
				Map<String, LiveTableSize> tables = new HashMap<>();
				while (rows.next()) {
					tables.put(rows.getString("name"), new LiveTableSize(rows.getLong("rows"), rows.getLong("bytes")));
				}
				return new LiveTableSizes(tables);
			}
		}
	}

	/**
	 * Return the size of a table.
	 * @param relation the table with its schema, as SQL writes it
	 * @return the size, or empty if there is no such table, or nothing is known of it
	 */
	public Optional<LiveTableSize> of(String relation) {
		return Optional.ofNullable(this.tables.get(relation));
	}

}
