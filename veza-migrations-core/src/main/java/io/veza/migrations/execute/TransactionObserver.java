package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An observer of the database in the transaction of a trial.
 */
@FunctionalInterface
public interface TransactionObserver {

	/**
	 * Observe the database.
	 * @param connection the connection
	 * @throws SQLException if the server refuses it
	 */
	void observe(Connection connection) throws SQLException;

}
