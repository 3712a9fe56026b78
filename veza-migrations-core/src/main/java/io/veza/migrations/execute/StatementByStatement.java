package io.veza.migrations.execute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.postgresql.PGConnection;

/**
 * Execution of statements one by one, so that somebody can observe the database in
 * between.
 */
public final class StatementByStatement {

	private final Connection connection;

	/**
	 * Create a new instance.
	 * @param connection the connection, in autocommit mode: transactions are opened and
	 * closed by statements
	 */
	public StatementByStatement(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Send a statement and wait until the server has done it.
	 * @param statement the statement
	 * @param reader the reader that returned it, which has the data of a {@code COPY}
	 * @return what the server noted
	 * @throws SQLException if it fails
	 */
	public List<SQLWarning> send(SqlStatement statement, StatementReader reader) throws SQLException {
		if (statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN) {
			copyIn(statement, reader);
			return List.of();
		}
		return send(statement.sql());
	}

	/**
	 * Send a statement and wait until the server has done it.
	 * @param sql the statement
	 * @return what the server noted
	 * @throws SQLException if it fails
	 */
	public List<SQLWarning> send(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
			List<SQLWarning> notes = new ArrayList<>();
			for (SQLWarning note = statement.getWarnings(); note != null; note = note.getNextWarning()) {
				notes.add(note);
			}
			return notes;
		}
	}

	/**
	 * Send statements of ours in one go.
	 * @param statements the SQL
	 * @throws SQLException if one of them fails
	 */
	public void sendAll(List<String> statements) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (String sql : statements) {
				statement.addBatch(sql);
			}
			statement.executeBatch();
		}
	}

	private void copyIn(SqlStatement statement, StatementReader reader) throws SQLException {
		try {
			this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.sql(), reader.copyData());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Describe the failure of a statement.
	 * @param ex what the driver threw
	 * @param file the file as people know it
	 * @param statement the statement
	 * @param reader the reader that returned it
	 * @return what people read
	 */
	public static SqlFailure describe(SQLException ex, String file, SqlStatement statement, StatementReader reader) {
		boolean copy = statement.kind() == SqlStatement.Kind.COPY_FROM_STDIN;
		return SqlFailureReader.describe(ex, file, statement, copy ? reader.copyDataLine() : 0);
	}

}
