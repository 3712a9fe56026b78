package io.veza.migrations.rehearsal.section;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.veza.migrations.execute.StatementByStatement;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.sql.SqlErrorText;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Sends the statements of a file, measures how long they take, and knows which one was
 * the last.
 */
final class StatementSender {

	private final StatementByStatement statements;

	private final Clock clock;

	private final String file;

	private @Nullable SqlStatement last;

	StatementSender(StatementByStatement statements, Clock clock, String file) {
		this.statements = statements;
		this.clock = clock;
		this.file = file;
	}

	/**
	 * Send a statement of the file.
	 * @param statement the statement
	 * @param reader the reader that it comes from
	 * @return the statement with its answer
	 */
	SentStatement send(SqlStatement statement, StatementReader reader) {
		this.last = statement;
		Instant begin = this.clock.instant();
		try {
			List<SQLWarning> notices = this.statements.send(statement, reader);
			return new SentStatement(statement, Duration.between(begin, this.clock.instant()), notices, null);
		}
		catch (SQLException ex) {
			return new SentStatement(statement, Duration.between(begin, this.clock.instant()), List.of(),
					failure(ex, statement, reader));
		}
	}

	/**
	 * Send a statement of ours.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void send(String sql) throws SQLException {
		this.statements.send(sql);
	}

	/**
	 * Return the failure of a statement of the file.
	 * @param cause the answer of the server
	 * @param statement the statement
	 * @param reader the reader that it comes from
	 * @return the failure with its place
	 */
	SqlFailure failure(SQLException cause, SqlStatement statement, StatementReader reader) {
		return StatementByStatement.describe(cause, this.file, statement, reader);
	}

	/**
	 * Return the exception for a session that does not answer any more. A statement may
	 * end its session, or let nothing work in it.
	 * @param cause the failure of a statement of ours
	 * @return the exception, which names the last statement of the file
	 */
	DatabaseUnreachableException unreachable(SQLException cause) {
		SqlStatement statement = this.last;
		String place = (statement != null) ? this.file + ":" + statement.line() + ":" + statement.column() : this.file;
		return new DatabaseUnreachableException(
				"The rehearsal was given up at \"" + place + "\", where the database did not answer any more: "
						+ SqlErrorText.of(cause) + ".",
				"Rehearse again, unless the statement ends sessions, sets a very short statement_timeout, or sets "
						+ "client_encoding or DateStyle to what the driver refuses: then change it.",
				cause);
	}

}
