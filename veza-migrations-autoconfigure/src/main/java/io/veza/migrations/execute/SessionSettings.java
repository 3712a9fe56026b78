package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The settings and the role from which each migration starts, and with which the
 * connection goes back to its pool.
 */
public interface SessionSettings {

	/**
	 * Return what brings the session to where each migration starts, outside of a
	 * transaction.
	 * @return the SQL
	 */
	List<String> beforeTransaction();

	/**
	 * Return what brings a transaction to where each migration starts.
	 * @return the SQL
	 */
	List<String> afterBegin();

	/**
	 * Return what brings a transaction, in which a migration has run, to where the next
	 * one starts.
	 * @return the SQL
	 */
	List<String> betweenSteps();

	/**
	 * Return what lets our own statements run as at the beginning, whatever a migration
	 * has set, until the transaction ends.
	 * @return the SQL
	 */
	List<String> beforeRecord();

	/**
	 * Put the session back to where it was before the run, and end a transaction that was
	 * left open.
	 * @param connection the connection
	 * @throws SQLException if that fails
	 */
	void restore(Connection connection) throws SQLException;

}
