package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the history without running any migration.
 */
public final class HistoryTransaction {

	private static final Logger logger = LoggerFactory.getLogger(HistoryTransaction.class);

	private final Connection connection;

	/**
	 * Create a new instance.
	 * @param connection the connection that holds the lock of the run, in autocommit mode
	 */
	public HistoryTransaction(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Run statements in one transaction.
	 * @param statements the SQL
	 * @throws io.veza.migrations.HistoryException if one of them fails; nothing was done
	 */
	public void run(List<String> statements) {
		try {
			new Flight(this.connection).add(Workbench.BEGIN).addAll(statements).add(Workbench.COMMIT).send();
		}
		catch (FlightFailedException ex) {
			abort();
			throw Workbench.historyFailure(ex.failure(), null);
		}
	}

	private void abort() {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("ROLLBACK");
		}
		catch (SQLException ex) {
			logger.debug("The transaction could not be aborted, the session is gone with it", ex);
		}
	}

}
