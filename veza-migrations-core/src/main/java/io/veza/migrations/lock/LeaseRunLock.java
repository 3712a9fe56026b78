package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row that names the run at work and the time until when, for poolers that share
 * sessions: a lock of the session would belong to whoever comes next.
 * <p>
 * Each transaction of the run locks the row, so that nobody takes over while it is open,
 * however long that is, and renews the lease at its end. In between, and while a
 * statement runs outside of any transaction, a heartbeat renews it. Whoever comes too
 * late finds another owner in the row and commits nothing.
 */
public final class LeaseRunLock implements RunLock {

	private static final Logger logger = LoggerFactory.getLogger(LeaseRunLock.class);

	private static final int CREATION_ATTEMPTS = 10;

	/** Errors of IF NOT EXISTS when another process creates the same at that moment. */
	private static final Set<String> CREATED_MEANWHILE = Set.of(SqlState.UNIQUE_VIOLATION, SqlState.DUPLICATE_SCHEMA,
			SqlState.DUPLICATE_TABLE, SqlState.DUPLICATE_OBJECT);

	private final LeaseTableName table;

	private final String holder;

	private final Duration term;

	private final DataSource dataSource;

	private final LockPolling polling;

	/**
	 * Create a new instance.
	 * @param table the table that holds the lease, created if missing
	 * @param holder who takes it, in words
	 * @param term how long it lasts unless it is renewed
	 * @param dataSource where the connection of the heartbeat comes from
	 * @param clock measures the wait
	 * @param random spreads the polls of processes that started together
	 * @param cancellation ends the wait early
	 */
	public LeaseRunLock(LeaseTableName table, String holder, Duration term, DataSource dataSource, Clock clock,
			RandomGenerator random, CancellationToken cancellation) {
		this.table = table;
		this.holder = holder;
		this.term = term;
		this.dataSource = dataSource;
		this.polling = new LockPolling(clock, random, cancellation);
	}

	/** A lease is taken in a transaction of its own, and nothing else is read in it. */
	@Override
	public Optional<RunLock.Held> acquire(Connection connection, LockWaiter waiter, ReadUnderLock<?> read)
			throws SQLException {
		RunLeaseStatements lease = new RunLeaseStatements(this.table, UUID.randomUUID(), this.term);
		LeaseTransactions transactions = new LeaseTransactions(connection, this.table);
		String take = lease.take(this.holder);
		LockPolling.PollableLock lock = new LockPolling.PollableLock() {

			@Override
			public boolean tryLock() throws SQLException {
				return take(transactions, take);
			}

			@Override
			public LockPolling.LockHolder holder() throws SQLException {
				return transactions.holder();
			}

		};
		if (!this.polling.obtain(lock, waiter)) {
			return Optional.empty();
		}
		return Optional.of(new Held(lease, transactions, LeaseHeartbeat.start(lease, this.dataSource)));
	}

	private boolean take(LeaseTransactions transactions, String sql) throws SQLException {
		for (int attempt = 1;; attempt++) {
			try {
				return transactions.run(sql) == 1;
			}
			catch (SQLException ex) {
				if (SqlState.LOCK_NOT_AVAILABLE.equals(ex.getSQLState())) {
					return false;
				}
				if (!SqlState.UNDEFINED_TABLE.equals(ex.getSQLState()) || attempt == CREATION_ATTEMPTS) {
					throw ex;
				}
				create(transactions);
			}
		}
	}

	private void create(LeaseTransactions transactions) throws SQLException {
		try {
			transactions.run(this.table.createTable());
		}
		catch (SQLException ex) {
			if (SqlState.INVALID_SCHEMA_NAME.equals(ex.getSQLState())) {
				createSchema(transactions);
			}
			else {
				requireCreatedMeanwhile(ex);
			}
		}
	}

	private void createSchema(LeaseTransactions transactions) throws SQLException {
		try {
			transactions.run(this.table.createSchema());
		}
		catch (SQLException ex) {
			requireCreatedMeanwhile(ex);
		}
	}

	private static void requireCreatedMeanwhile(SQLException ex) throws SQLException {
		String state = SqlState.of(ex);
		if (!CREATED_MEANWHILE.contains(state) && !state.equals(SqlState.LOCK_NOT_AVAILABLE)) {
			throw ex;
		}
	}

	/**
	 * The lease while it is held.
	 */
	private static final class Held implements RunLock.Held {

		private final RunLeaseStatements lease;

		private final LeaseTransactions transactions;

		private final LeaseHeartbeat heartbeat;

		private Held(RunLeaseStatements lease, LeaseTransactions transactions, LeaseHeartbeat heartbeat) {
			this.lease = lease;
			this.transactions = transactions;
			this.heartbeat = heartbeat;
		}

		@Override
		public String heldCondition() {
			return this.lease.held();
		}

		@Override
		public List<String> fence() {
			return List.of(this.lease.lock());
		}

		@Override
		public List<String> renewal() {
			return List.of(this.lease.renew());
		}

		@Override
		public void requireOutsideTransactions() {
			if (!this.heartbeat.awaitBeating(this.lease.term().dividedBy(12))) {
				throw new DatabaseUnreachableException(
						"A migration runs outside of a transaction, and there is no second connection to be had "
								+ "that keeps the lease of this run alive meanwhile.",
						"Give the pool of the DataSource at least two connections, or set veza.migrations.url to a direct "
								+ "connection to the server.",
						this.heartbeat.failure());
			}
		}

		/** The lease is given back in a transaction of its own. */
		@Override
		public Optional<DatabaseRead<Boolean>> releaseRead() {
			return Optional.empty();
		}

		@Override
		public void released(boolean held) {
		}

		/** A lease that cannot be given back ends by itself. */
		@Override
		public boolean release() {
			this.heartbeat.close();
			try {
				this.transactions.run(this.lease.release());
				return true;
			}
			catch (SQLException ex) {
				logger.warn("The lease of this run could not be given back, it ends within {} s: {}",
						this.lease.term().toSeconds(), ex.getMessage());
				return false;
			}
		}

	}

}
