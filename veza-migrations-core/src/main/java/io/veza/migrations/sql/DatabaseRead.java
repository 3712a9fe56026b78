package io.veza.migrations.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A read of the database: its SQL together with the way to read the answer. Several reads
 * can be joined to one, which is sent in one round trip; each reads its own result.
 *
 * @param <T> what is read
 */
public final class DatabaseRead<T> {

	private final List<String> statements;

	private final Reader<T> reader;

	private DatabaseRead(List<String> statements, Reader<T> reader) {
		this.statements = List.copyOf(statements);
		this.reader = reader;
	}

	/**
	 * Return a read of one query.
	 * @param <T> what is read
	 * @param query the SQL
	 * @param rows reads its result
	 * @return the read
	 */
	public static <T> DatabaseRead<T> of(String query, RowsReader<T> rows) {
		return new DatabaseRead<>(List.of(query), (results) -> {
			try (ResultSet result = results.next()) {
				return rows.read(result);
			}
		});
	}

	/**
	 * Return a read of all rows of one query.
	 * @param <T> what is read from a row
	 * @param query the SQL
	 * @param reader reads a row
	 * @return the read, whose answer has the order of the rows
	 */
	public static <T> DatabaseRead<List<T>> list(String query, RowReader<T> reader) {
		return of(query, (rows) -> {
			List<T> list = new ArrayList<>();
			while (rows.next()) {
				list.add(reader.read(rows));
			}
			return list;
		});
	}

	/**
	 * Return a read that asks nothing, for what is known to be missing.
	 * @param <T> what is read
	 * @param value the answer
	 * @return the read
	 */
	public static <T> DatabaseRead<T> known(T value) {
		return new DatabaseRead<>(List.of(), (results) -> value);
	}

	/**
	 * Return this read preceded by statements whose results do not matter.
	 * @param sql the statements, one in each text
	 * @return the read
	 */
	public DatabaseRead<T> after(List<String> sql) {
		return new DatabaseRead<>(Stream.concat(sql.stream(), this.statements.stream()).toList(), (results) -> {
			results.skip(sql.size());
			return this.reader.read(results);
		});
	}

	/**
	 * Return this read followed by a statement whose result does not matter.
	 * @param sql the statement
	 * @return the read
	 */
	public DatabaseRead<T> then(String sql) {
		return and(new DatabaseRead<>(List.of(sql), (results) -> {
			results.skip();
			return Boolean.TRUE;
		}), (value, done) -> value);
	}

	/**
	 * Return this read joined with another one that is sent after it.
	 * @param <U> what the other one reads
	 * @param <R> what is made of both
	 * @param other the other one
	 * @param join makes one answer of two
	 * @return the read
	 */
	public <U, R> DatabaseRead<R> and(DatabaseRead<U> other, BiFunction<T, U, R> join) {
		return new DatabaseRead<>(Stream.concat(this.statements.stream(), other.statements.stream()).toList(),
				(results) -> {
					T first = this.reader.read(results);
					return join.apply(first, other.reader.read(results));
				});
	}

	/**
	 * Return this read with another answer.
	 * @param <R> what is made of the answer
	 * @param change makes it
	 * @return the read
	 */
	public <R> DatabaseRead<R> map(Function<T, R> change) {
		return new DatabaseRead<>(this.statements, (results) -> change.apply(this.reader.read(results)));
	}

	/**
	 * Return the SQL, to be sent together with other statements.
	 * @return the statements, in the order in which their results are read
	 */
	public List<String> statements() {
		return this.statements;
	}

	/**
	 * Read the answer of statements that were sent together with others.
	 * @param results the results, of which the next one is that of the first of
	 * {@link #statements}
	 * @return the answer
	 * @throws SQLException if it cannot be read
	 */
	public T read(StatementResults results) throws SQLException {
		return this.reader.read(results);
	}

	/**
	 * Ask the database, in one round trip.
	 * @param connection the connection
	 * @return the answer
	 * @throws SQLException if the server refuses a statement, or its answer cannot be
	 * read
	 */
	public T read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			if (this.statements.isEmpty()) {
				return this.reader.read(StatementResults.none(statement));
			}
			return this.reader.read(StatementResults.execute(statement, this.statements));
		}
	}

	/**
	 * Reads the result of one query.
	 *
	 * @param <T> what is read
	 */
	@FunctionalInterface
	public interface RowsReader<T> {

		/**
		 * Read a result.
		 * @param rows the result, before its first row
		 * @return the answer
		 * @throws SQLException if it cannot be read
		 */
		T read(ResultSet rows) throws SQLException;

	}

	/**
	 * Reads one row.
	 *
	 * @param <T> what is read
	 */
	@FunctionalInterface
	public interface RowReader<T> {

		/**
		 * Read a row.
		 * @param row the result, at the row
		 * @return the answer
		 * @throws SQLException if it cannot be read
		 */
		T read(ResultSet row) throws SQLException;

	}

	@FunctionalInterface
	private interface Reader<T> {

		T read(StatementResults results) throws SQLException;

	}

}
