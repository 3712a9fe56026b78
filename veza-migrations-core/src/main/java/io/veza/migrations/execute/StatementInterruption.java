package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancellation, on the server, of the statement that a migration runs there. The
 * statements with which a run brings the database and its session in order are never
 * cancelled.
 */
public final class StatementInterruption {

	private static final Logger logger = LoggerFactory.getLogger(StatementInterruption.class);

	private @Nullable Connection interruptible;

	/**
	 * Cancel the statement of a migration that is running, if there is one. PostgreSQL
	 * passes over a request that reaches it between two statements, so that it has to be
	 * repeated until the run has ended.
	 */
	public synchronized void cancelStatement() {
		if (this.interruptible == null) {
			return;
		}
		try {
			this.interruptible.unwrap(PGConnection.class).cancelQuery();
		}
		catch (SQLException ex) {
			logger.debug("The running statement could not be cancelled", ex);
		}
	}

	/**
	 * Do something that may be cancelled. What is done within it leaves that as it is.
	 * @param <E> what it throws besides
	 * @param connection the connection on which it is done
	 * @param work does it
	 * @throws SQLException if it fails
	 * @throws E if it fails otherwise
	 */
	public <E extends Exception> void allowDuring(Connection connection, Work<E> work) throws SQLException, E {
		Connection before = allow(connection);
		try {
			work.run();
		}
		finally {
			restore(before);
		}
	}

	private synchronized @Nullable Connection allow(@Nullable Connection connection) {
		Connection before = this.interruptible;
		this.interruptible = connection;
		return before;
	}

	/**
	 * Waits while a request is under way: the driver returns from it when the server has
	 * taken it, so that it does not reach the next statement.
	 */
	private synchronized void restore(@Nullable Connection before) {
		this.interruptible = before;
	}

	/**
	 * Something that is done on a connection.
	 *
	 * @param <E> what it throws besides
	 */
	@FunctionalInterface
	public interface Work<E extends Exception> {

		/**
		 * Do it.
		 * @throws SQLException if it fails
		 * @throws E if it fails otherwise
		 */
		void run() throws SQLException, E;

	}

}
