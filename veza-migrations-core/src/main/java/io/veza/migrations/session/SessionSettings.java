package io.veza.migrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.sql.SqlStatement;

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
	 * Return what undoes, before the transaction of a migration is rolled back, that
	 * which a rollback does not undo.
	 * @return the SQL
	 */
	List<String> beforeRollback();

	/**
	 * Return whether the session of one transaction is that of the next one too, so that
	 * it keeps what is set for it.
	 * @return whether the session belongs to the run alone
	 */
	boolean lasting();

	/**
	 * Return what prepares the check that nothing was left in the session since then.
	 * @return the SQL, none if the session is shared
	 */
	List<String> prepareCheck();

	/**
	 * Return why a statement of a non-transactional migration cannot run here.
	 * @param statement the statement
	 * @param inBlock whether it stands in a transaction block of its file
	 * @return what is wrong with it, or empty
	 */
	Optional<String> refusal(SqlStatement statement, boolean inBlock);

	/**
	 * Return what puts the session back to where it was before the run, to be sent
	 * together with others. It fails if something is gone that was there.
	 * @param connection the connection
	 * @return the SQL; none if a transaction is open, or if {@link #restore} knows better
	 * @throws SQLException if it is not known whether a transaction is open
	 */
	List<String> restoration(Connection connection) throws SQLException;

	/**
	 * Put the session back to where it was before the run, and end a transaction that was
	 * left open.
	 * @param connection the connection
	 * @throws SQLException if that fails
	 */
	void restore(Connection connection) throws SQLException;

}
