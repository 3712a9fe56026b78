package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Looks at the database in the transaction of a trial.
 */
@FunctionalInterface
public interface Look {

	/**
	 * Look.
	 * @param connection the connection
	 * @throws SQLException if the server refuses it
	 */
	void look(Connection connection) throws SQLException;

}
