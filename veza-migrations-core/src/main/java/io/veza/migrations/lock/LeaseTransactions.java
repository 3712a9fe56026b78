package io.veza.migrations.lock;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs statements on the table of the lease, each in a transaction of its own.
 */
final class LeaseTransactions {

	private static final String COMMIT = "COMMIT";

	private static final String ROLLBACK = "ROLLBACK";

	private final Connection connection;

	private final LeaseTableName table;

	LeaseTransactions(Connection connection, LeaseTableName table) {
		this.connection = connection;
		this.table = table;
	}

	/**
	 * Run a statement that changes something.
	 * @param sql the statement
	 * @return the number of rows that it changed
	 * @throws SQLException if it fails; nothing was done
	 */
	int run(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (String begin : this.table.begin()) {
				statement.addBatch(begin);
			}
			statement.addBatch(sql);
			statement.addBatch(COMMIT);
			int[] counts = statement.executeBatch();
			return counts[counts.length - 2];
		}
		catch (BatchUpdateException ex) {
			rollback(ex);
			throw (ex.getCause() instanceof SQLException cause) ? cause : ex;
		}
	}

	/**
	 * Return who holds the lease.
	 * @return the holder
	 * @throws SQLException if the server cannot be asked
	 */
	LockPolling.LockHolder holder() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			for (String begin : this.table.begin()) {
				statement.addBatch(begin);
			}
			statement.executeBatch();
			try (ResultSet row = statement.executeQuery(this.table.readHolder())) {
				return row.next() ? describe(row) : new LockPolling.LockHolder("a run that has just ended", "");
			}
			finally {
				statement.execute(ROLLBACK);
			}
		}
	}

	private static LockPolling.LockHolder describe(ResultSet row) throws SQLException {
		String since = row.getString("holder") + ", since " + row.getString("since");
		String until = row.getString("until");
		return new LockPolling.LockHolder(since,
				row.getBoolean("ended") ? "; its lease ended at " + until + ", and a transaction of it is still open"
						: "; its lease ends at " + until + " unless it is renewed");
	}

	private void rollback(SQLException failure) {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(ROLLBACK);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

}
