package io.veza.migrations.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The results of statements that were sent together, in the order of the statements.
 */
public final class StatementResults {

	private final Statement statement;

	/** Whether the current result of the statement has been taken. */
	private boolean taken;

	/** Whether the current result is a result set, and not a number of rows. */
	private boolean rows;

	private StatementResults(Statement statement, boolean rows) {
		this.statement = statement;
		this.rows = rows;
	}

	/**
	 * Send statements together.
	 * @param statement sends them
	 * @param sql the statements
	 * @return their results
	 * @throws SQLException if the server refuses one of them
	 */
	public static StatementResults execute(Statement statement, List<String> sql) throws SQLException {
		return new StatementResults(statement, statement.execute(String.join(";\n", sql)));
	}

	static StatementResults none(Statement statement) {
		return new StatementResults(statement, false);
	}

	/**
	 * Return the next result, which is that of a query.
	 * @return the result, to be closed
	 * @throws SQLException if it cannot be read, or its statement returns no rows
	 */
	public ResultSet next() throws SQLException {
		advance();
		if (!this.rows) {
			throw new IllegalStateException("The next result must be that of a query");
		}
		return this.statement.getResultSet();
	}

	/**
	 * Pass over the next result, whatever it is.
	 * @throws SQLException if there is none to be read
	 */
	public void skip() throws SQLException {
		advance();
	}

	/**
	 * Pass over results.
	 * @param number how many
	 * @throws SQLException if they cannot be read
	 */
	public void skip(int number) throws SQLException {
		for (int i = 0; i < number; i++) {
			skip();
		}
	}

	private void advance() throws SQLException {
		if (this.taken) {
			this.rows = this.statement.getMoreResults();
		}
		this.taken = true;
	}

}
