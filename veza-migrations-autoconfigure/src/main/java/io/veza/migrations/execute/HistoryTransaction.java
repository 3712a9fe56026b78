package io.veza.migrations.execute;

import java.sql.Connection;
import java.util.List;

/**
 * Writes to the history without running any migration. A transaction that failed is left
 * open for {@link SessionSettings#restore}, which ends every run.
 */
public final class HistoryTransaction {

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
			throw Workbench.historyFailure(ex.failure(), null);
		}
	}

}
