package io.veza.migrations.backup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Runs statements on the connection of an operation. What PostgreSQL says comes out as it
 * is, so that the caller can try again when a lock was not to be had.
 */
final class Statements {

	private final Connection connection;

	Statements(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Run a statement that is sent as it is, and return how many rows it wrote.
	 * @param sql the statement
	 * @return the number of rows
	 * @throws SQLException if it fails
	 */
	long execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
			return statement.getLargeUpdateCount();
		}
	}

	long update(String sql, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			bind(statement, values);
			return statement.executeLargeUpdate();
		}
	}

	<T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			bind(statement, values);
			try (ResultSet row = statement.executeQuery()) {
				return read(row, reader);
			}
		}
	}

	/**
	 * Run queries in one round trip.
	 * @param sql the queries, and what has to be executed between them
	 * @param readers what reads the rows, one for each query
	 * @param values the values of all parameters
	 * @throws SQLException if something fails
	 */
	void queryTogether(List<String> sql, List<RowReader<?>> readers, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(String.join(";\n", sql))) {
			bind(statement, values);
			boolean rows = statement.execute();
			for (RowReader<?> reader : readers) {
				while (!rows) {
					rows = statement.getMoreResults();
				}
				try (ResultSet row = statement.getResultSet()) {
					read(row, reader);
				}
				rows = statement.getMoreResults();
			}
		}
	}

	private static <T> List<T> read(ResultSet row, RowReader<T> reader) throws SQLException {
		List<T> result = new ArrayList<>();
		while (row.next()) {
			result.add(reader.read(row));
		}
		return result;
	}

	/**
	 * Ask for one row with a query that is sent as it is.
	 * @param <T> what is read from the row
	 * @param sql the query
	 * @param reader reads it
	 * @return what was read
	 * @throws SQLException if the query fails or has no row
	 */
	<T> T ask(String sql, RowReader<T> reader) throws SQLException {
		return list(sql, reader).get(0);
	}

	/**
	 * Ask for rows with a query that is sent as it is.
	 * @param <T> what is read from a row
	 * @param sql the query
	 * @param reader reads it
	 * @return what was read
	 * @throws SQLException if the query fails
	 */
	<T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			try (ResultSet row = statement.executeQuery(sql)) {
				return read(row, reader);
			}
		}
	}

	Array texts(Collection<String> values) throws SQLException {
		return this.connection.createArrayOf("text", values.toArray());
	}

	Array oids(Collection<Long> values) throws SQLException {
		return this.connection.createArrayOf("oid", values.toArray());
	}

	Array numbers(Collection<Integer> values) throws SQLException {
		return this.connection.createArrayOf("int4", values.toArray());
	}

	static List<String> texts(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

	static List<Integer> numbers(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? Arrays.stream((Object[]) array.getArray()).map((n) -> ((Number) n).intValue()).toList()
				: List.of();
	}

	private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
	}

	/**
	 * Reads the current row.
	 *
	 * @param <T> what is read
	 */
	interface RowReader<T> {

		T read(ResultSet row) throws SQLException;

	}

}
