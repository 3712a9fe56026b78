package io.veza.migrations.sql;

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

import io.veza.migrations.sql.DatabaseRead.RowReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, with values that are bound to their parameters.
 * Errors of PostgreSQL are thrown as they are, so that the caller can try again when a
 * lock was not free.
 */
public final class StatementRunner {

	private final Connection connection;

	/**
	 * Create a new instance.
	 * @param connection the connection
	 */
	public StatementRunner(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Run a statement that is sent as it is.
	 * @param sql the statement
	 * @return how many rows it wrote
	 * @throws SQLException if it fails
	 */
	public long execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
			return statement.getLargeUpdateCount();
		}
	}

	/**
	 * Run a statement that writes rows.
	 * @param sql the statement
	 * @param values the values of its parameters
	 * @return how many rows it wrote
	 * @throws SQLException if it fails
	 */
	public long update(String sql, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			bind(statement, values);
			return statement.executeLargeUpdate();
		}
	}

	/**
	 * Run a query.
	 * @param <T> what is read from a row
	 * @param sql the query
	 * @param reader reads a row
	 * @param values the values of its parameters
	 * @return what was read
	 * @throws SQLException if it fails
	 */
	public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			bind(statement, values);
			try (ResultSet row = statement.executeQuery()) {
				List<T> result = new ArrayList<>();
				while (row.next()) {
					result.add(reader.read(row));
				}
				return result;
			}
		}
	}

	/**
	 * Run a query that returns one row and is sent as it is.
	 * @param <T> what is read from the row
	 * @param sql the query
	 * @param reader reads the row
	 * @return what was read
	 * @throws SQLException if it fails or returns no row
	 */
	public <T> T queryOne(String sql, RowReader<T> reader) throws SQLException {
		return read(DatabaseRead.list(sql, reader)).get(0);
	}

	/**
	 * Read the database.
	 * @param <T> what is read
	 * @param read the read
	 * @return the answer
	 * @throws SQLException if it fails
	 */
	public <T> T read(DatabaseRead<T> read) throws SQLException {
		return read.read(this.connection);
	}

	/**
	 * Return an array of texts as a value of a parameter.
	 * @param values the texts
	 * @return the array
	 * @throws SQLException if the connection is closed
	 */
	public Array texts(Collection<String> values) throws SQLException {
		return this.connection.createArrayOf("text", values.toArray());
	}

	/**
	 * Return an array of object identifiers as a value of a parameter.
	 * @param values the object identifiers
	 * @return the array
	 * @throws SQLException if the connection is closed
	 */
	public Array oids(Collection<Long> values) throws SQLException {
		return this.connection.createArrayOf("oid", values.toArray());
	}

	/**
	 * Return an array of numbers as a value of a parameter.
	 * @param values the numbers
	 * @return the array
	 * @throws SQLException if the connection is closed
	 */
	public Array numbers(Collection<Integer> values) throws SQLException {
		return this.connection.createArrayOf("int4", values.toArray());
	}

	/**
	 * Return the texts of an array.
	 * @param row the row
	 * @param column the column of the array
	 * @return the texts, none if the array is null
	 * @throws SQLException if it cannot be read
	 */
	public static List<String> texts(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

	/**
	 * Return the numbers of an array.
	 * @param row the row
	 * @param column the column of the array
	 * @return the numbers, none if the array is null
	 * @throws SQLException if it cannot be read
	 */
	public static List<Integer> numbers(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? Arrays.stream((Object[]) array.getArray()).map((n) -> ((Number) n).intValue()).toList()
				: List.of();
	}

	private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
	}

}
