package io.veza.migrations.execute.nontransactional;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.catalog.IndexActivity;

/**
 * A statement that refuses a transaction, and what the catalogs tell about it: they are
 * asked before it is sent, and after an attempt of whose end nothing is recorded.
 */
interface UntransactionalStatement {

	/**
	 * Return what to remember of the catalogs before the statement is sent.
	 * @return the facts
	 * @throws SQLException if the catalogs cannot be read
	 */
	StatementCatalogFacts before() throws SQLException;

	/**
	 * Return whether an attempt, of whose end nothing is recorded, has done all of it.
	 * @param before what was remembered before that attempt
	 * @return whether nothing is left to do
	 * @throws SQLException if the catalogs cannot be read
	 * @throws UnsettledStatementException if they do not tell
	 */
	boolean finished(StatementCatalogFacts before) throws SQLException, UnsettledStatementException;

	/**
	 * Return the invalid indexes that have to go before the statement is sent.
	 * @param before what was remembered before an attempt of whose end nothing is
	 * recorded; without facts if there was none
	 * @return the indexes
	 * @throws SQLException if the catalogs cannot be read
	 */
	default List<IndexActivity> leftovers(StatementCatalogFacts before) throws SQLException {
		return List.of();
	}

	/**
	 * Return what to send: the statement, or what completes an attempt of it.
	 * @return the SQL
	 * @throws SQLException if the catalogs cannot be read
	 */
	String sql() throws SQLException;

}
