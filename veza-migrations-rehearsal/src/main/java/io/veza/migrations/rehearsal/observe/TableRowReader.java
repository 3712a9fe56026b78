package io.veza.migrations.rehearsal.observe;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.catalog.SnapshotQuery;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.observe.TableRows.Digest;
import io.veza.migrations.rehearsal.observe.TableRows.Row;
import io.veza.migrations.sql.SqlErrorText;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlState;

/**
 * Reads what ordinary tables and partitions contain, to tell later what has changed. A
 * partitioned table has no rows of its own, and what is not a table has none.
 * <p>
 * A row is digested by the server as the text of its values in the order of their names:
 * neither the order of columns nor what is computed from them makes a difference.
 */
public final class TableRowReader {

	/** The rows of a table up to which each of them is compared. */
	static final int MAX_ROWS = 200_000;

	private static final int FETCH_SIZE = 10_000;

	/** The tables that one query reads. */
	private static final int AT_ONCE = 100;

	/**
	 * With row security on, rows could be hidden; with it off, reading such a table
	 * fails.
	 */
	private static final String SETTINGS = String.join("; ", SnapshotQuery.PINS) + "; SET LOCAL row_security = off";

	private static final String TABLES = """
			SELECT wanted.name,
				ARRAY(
					SELECT pg_catalog.format('t.%I', a.attname)
					FROM pg_catalog.pg_attribute a
					WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
					ORDER BY a.attname) AS columns,
				ARRAY(
					SELECT pg_catalog.format('t.%I', a.attname)
					FROM pg_catalog.pg_index i
					CROSS JOIN pg_catalog.unnest(i.indkey) WITH ORDINALITY k (attnum, position)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
					WHERE i.indrelid = c.oid AND i.indisprimary AND k.position <= i.indnkeyatts
					ORDER BY k.position) AS key_columns
			FROM pg_catalog.unnest(?::text[]) wanted (name)
			JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(wanted.name) AND c.relkind = 'r'
			ORDER BY wanted.name""";

	/** A table that has a row has a file that is not empty. */
	private static final String CANDIDATES = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind = 'r' AND c.relpersistence <> 't'
				AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
				AND pg_catalog.pg_relation_size(c.oid) > 0
				AND NOT EXISTS (
					SELECT 1
					FROM pg_catalog.pg_depend d
					WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
			ORDER BY name""";

	private static final String ANY_ROW = "SELECT %s AS name WHERE EXISTS (SELECT 1 FROM ONLY %s)";

	private final Connection observer;

	private final int maxRows;

	TableRowReader(Connection observer, int maxRows) {
		this.observer = observer;
		this.maxRows = maxRows;
	}

	/**
	 * Read the rows of tables. If a transaction is open, the settings of the session are
	 * other ones until it ends.
	 * @param observer a connection to the database
	 * @param tables the tables with their schema, as SQL writes them
	 * @return the rows
	 * @throws RehearsalException if rows are hidden from the user
	 * @throws SQLException if a table cannot be read
	 */
	public static TableRowSnapshot read(Connection observer, Set<String> tables) throws SQLException {
		return new TableRowReader(observer, MAX_ROWS).read(tables);
	}

	/**
	 * Return the tables that have a row. Those that are temporary or belong to an
	 * extension do not count.
	 * @param observer a connection to the database
	 * @return the tables with their schema, as SQL writes them
	 * @throws RehearsalException if rows are hidden from the user
	 * @throws SQLException if a table cannot be read
	 */
	public static Set<String> nonEmpty(Connection observer) throws SQLException {
		TableRowReader contents = new TableRowReader(observer, MAX_ROWS);
		return contents.inTransaction(contents::withRows);
	}

	public TableRowSnapshot read(Set<String> tables) throws SQLException {
		return tables.isEmpty() ? new TableRowSnapshot(Map.of())
				: inTransaction(() -> new TableRowSnapshot(rows(tables)));
	}

	private <T> T inTransaction(Work<T> work) throws SQLException {
		boolean autocommit = this.observer.getAutoCommit();
		if (autocommit) {
			this.observer.setAutoCommit(false);
		}
		try (Statement statement = this.observer.createStatement()) {
			statement.execute(SETTINGS);
			return work.run();
		}
		catch (SQLException ex) {
			if (SqlState.INSUFFICIENT_PRIVILEGE.equals(ex.getSQLState())) {
				throw new RehearsalException("A rehearsal cannot compare rows: " + SqlErrorText.of(ex) + ".",
						"Let a superuser or a role with BYPASSRLS rehearse, or one that owns the tables.", ex);
			}
			throw ex;
		}
		finally {
			if (autocommit) {
				this.observer.rollback();
				this.observer.setAutoCommit(true);
			}
		}
	}

	private Map<String, TableRows> rows(Set<String> tables) throws SQLException {
		List<TableRowQuery> sources = sources(tables);
		Map<String, TableRows> result = new LinkedHashMap<>();
		for (int from = 0; from < sources.size(); from += AT_ONCE) {
			List<TableRowQuery> some = sources.subList(from, Math.min(from + AT_ONCE, sources.size()));
			result.putAll(rows(some));
		}
		return result;
	}

	private List<TableRowQuery> sources(Set<String> tables) throws SQLException {
		try (PreparedStatement statement = this.observer.prepareStatement(TABLES)) {
			statement.setArray(1, this.observer.createArrayOf("text", tables.toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				List<TableRowQuery> result = new ArrayList<>();
				while (rows.next()) {
					result.add(new TableRowQuery(rows.getString("name"),
							List.of((String[]) rows.getArray("columns").getArray()),
							List.of((String[]) rows.getArray("key_columns").getArray())));
				}
				return result;
			}
		}
	}

	private Map<String, TableRows> rows(List<TableRowQuery> sources) throws SQLException {
		Map<Integer, List<Row>> read = new HashMap<>();
		List<String> queries = new ArrayList<>();
		for (TableRowQuery source : sources) {
			queries.add(source.rows(queries.size(), this.maxRows + 1));
		}
		try (Statement statement = statement();
				ResultSet rows = statement.executeQuery(String.join("\nUNION ALL\n", queries))) {
			while (rows.next()) {
				read.computeIfAbsent(rows.getInt("source"), (key) -> new ArrayList<>())
					.add(new Row(rows.getString("key"), new Digest(rows.getLong("first"), rows.getLong("second"))));
			}
		}
		Map<String, TableRows> result = new LinkedHashMap<>();
		for (int i = 0; i < sources.size(); i++) {
			List<Row> rows = Objects.requireNonNullElse(read.remove(i), List.of());
			TableRowQuery source = sources.get(i);
			result.put(source.name(),
					(rows.size() <= this.maxRows) ? TableRows.of(source.keyColumns(), rows) : sum(source));
		}
		return result;
	}

	private TableRows sum(TableRowQuery source) throws SQLException {
		try (Statement statement = statement(); ResultSet row = statement.executeQuery(source.sum())) {
			row.next();
			BigDecimal digest = row.getBigDecimal("digest");
			return new TableRows(source.keyColumns(), row.getLong("count"), digest.toBigIntegerExact(), null);
		}
	}

	private Set<String> withRows() throws SQLException {
		List<String> candidates = names(CANDIDATES);
		Set<String> result = new LinkedHashSet<>();
		for (int from = 0; from < candidates.size(); from += AT_ONCE) {
			List<String> some = candidates.subList(from, Math.min(from + AT_ONCE, candidates.size()));
			result.addAll(names(some.stream()
				.map((name) -> ANY_ROW.formatted(SqlQuoting.literal(name), name))
				.collect(Collectors.joining(" UNION ALL "))));
		}
		return result;
	}

	private List<String> names(String sql) throws SQLException {
		try (Statement statement = statement(); ResultSet rows = statement.executeQuery(sql)) {
			List<String> result = new ArrayList<>();
			while (rows.next()) {
				result.add(rows.getString("name"));
			}
			return result;
		}
	}

	private Statement statement() throws SQLException {
		Statement statement = this.observer.createStatement();
		statement.setEscapeProcessing(false);
		statement.setFetchSize(FETCH_SIZE);
		return statement;
	}

	/**
	 * Work that is done in a transaction.
	 *
	 * @param <T> what it returns
	 */
	private interface Work<T> {

		T run() throws SQLException;

	}

}
