package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.StatementResults;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock of the session that does the work, so that the server frees it
 * whenever that session ends.
 * <p>
 * A waiter polls in autocommit mode and never blocks inside a lock call: a session that
 * is blocked in one holds a snapshot, and CREATE INDEX CONCURRENTLY of the holder would
 * wait for it.
 */
public final class AdvisoryRunLock implements RunLock {

	private static final Logger logger = LoggerFactory.getLogger(AdvisoryRunLock.class);

	private static final String TRY_LOCK = "SELECT pg_catalog.pg_try_advisory_lock(%s)";

	/** Whatever the default of the session is, each statement sees what is committed. */
	private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED";

	private static final String COMMIT = "COMMIT";

	private static final String ROLLBACK = "ROLLBACK";

	private static final String UNLOCK = "SELECT pg_catalog.pg_advisory_unlock(%s)";

	private static final String HOLDER = """
			SELECT l.pid, a.usename, a.application_name, host(a.client_addr) AS client, a.backend_start
			FROM pg_catalog.pg_locks l
			LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
			WHERE l.granted
				AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())
				AND %s""";

	private final AdvisoryLockKey key;

	private final LockPolling polling;

	/**
	 * Create a new instance.
	 * @param key which lock
	 * @param clock measures the wait
	 * @param random spreads the polls of processes that started together
	 * @param cancellation ends the wait early
	 */
	public AdvisoryRunLock(AdvisoryLockKey key, Clock clock, RandomGenerator random, CancellationToken cancellation) {
		this.key = key;
		this.polling = new LockPolling(clock, random, cancellation);
	}

	@Override
	public Optional<RunLock.Held> acquire(Connection connection, LockWaiter waiter, ReadUnderLock<?> read)
			throws SQLException {
		LockPolling.PollableLock lock = new LockPolling.PollableLock() {

			private boolean tried;

			@Override
			public boolean tryLock() throws SQLException {
				if (!this.tried) {
					this.tried = true;
					return AdvisoryRunLock.tryLock(connection, AdvisoryRunLock.this.key, read);
				}
				return locking(AdvisoryRunLock.this.key).read(connection);
			}

			@Override
			public LockPolling.LockHolder holder() throws SQLException {
				return new LockPolling.LockHolder(AdvisoryRunLock.holder(connection, AdvisoryRunLock.this.key), "");
			}

		};
		return this.polling.obtain(lock, waiter) ? Optional.of(new Held(connection, this.key)) : Optional.empty();
	}

	/** The lock outlasts the transaction, even one that fails because of the read. */
	private static <T> boolean tryLock(Connection connection, AdvisoryLockKey key, ReadUnderLock<T> underLock)
			throws SQLException {
		DatabaseRead<Boolean> lock = locking(key).after(List.of(BEGIN));
		DatabaseRead<T> read = underLock.read(key.heldCondition()).then(COMMIT);
		List<String> statements = new ArrayList<>(lock.statements());
		statements.addAll(read.statements());
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			try {
				StatementResults results = StatementResults.execute(statement, statements);
				boolean obtained = lock.read(results);
				if (obtained) {
					accept(underLock, read, results);
				}
				return obtained;
			}
			catch (SQLException ex) {
				logger.debug("The lock is asked for without a read of anything else", ex);
				rollBack(statement, ex);
			}
		}
		return truth("SELECT " + key.heldAgainCondition()).read(connection);
	}

	/** An error is not reported here: the next read meets it again and reports it. */
	private static <T> void accept(ReadUnderLock<T> underLock, DatabaseRead<T> read, StatementResults results) {
		try {
			underLock.accept(read.read(results));
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("What was read with the lock is read again", ex);
		}
	}

	private static void rollBack(Statement statement, SQLException failure) throws SQLException {
		try {
			statement.execute(ROLLBACK);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
			throw failure;
		}
	}

	private static DatabaseRead<Boolean> locking(AdvisoryLockKey key) {
		return truth(TRY_LOCK.formatted(key.value()));
	}

	private static DatabaseRead<Boolean> truth(String query) {
		return DatabaseRead.of(query, (row) -> row.next() && row.getBoolean(1));
	}

	private static String holder(Connection connection, AdvisoryLockKey key) throws SQLException {
		return DatabaseRead
			.of(HOLDER.formatted(key.rowCondition()),
					(row) -> row.next() ? describe(row) : "a session that has just ended")
			.read(connection);
	}

	private static String describe(ResultSet row) throws SQLException {
		StringBuilder holder = new StringBuilder("process " + row.getInt("pid"));
		append(holder, " of user ", row.getString("usename"));
		append(holder, ", application ", row.getString("application_name"));
		append(holder, ", client ", row.getString("client"));
		append(holder, ", connected since ", row.getString("backend_start"));
		return holder.toString();
	}

	/** PostgreSQL hides some columns of other users' sessions without pg_monitor. */
	private static void append(StringBuilder holder, String label, @Nullable String value) {
		if (value != null) {
			holder.append(label).append('"').append(value).append('"');
		}
	}

	/**
	 * The lock while it is held.
	 */
	private static final class Held implements RunLock.Held {

		private final Connection connection;

		private final AdvisoryLockKey key;

		private Held(Connection connection, AdvisoryLockKey key) {
			this.connection = connection;
			this.key = key;
		}

		/**
		 * {@code DISCARD ALL} and {@code pg_advisory_unlock_all()} of a migration release
		 * the lock too: it is taken again before the next record.
		 */
		@Override
		public String heldCondition() {
			return this.key.heldAgainCondition();
		}

		@Override
		public List<String> fence() {
			return List.of();
		}

		@Override
		public List<String> renewal() {
			return List.of();
		}

		/** The session holds the lock, whatever runs in it. */
		@Override
		public void requireOutsideTransactions() {
		}

		@Override
		public Optional<DatabaseRead<Boolean>> releaseRead() {
			return Optional.of(unlocking());
		}

		private DatabaseRead<Boolean> unlocking() {
			return truth(UNLOCK.formatted(this.key.value()));
		}

		@Override
		public void released(boolean held) {
			if (!held) {
				logger
					.warn("The lock of this run was gone before its end: something in it released all advisory locks");
			}
		}

		/**
		 * A session that is gone has given the lock back already, and so has one in which
		 * a migration released all advisory locks.
		 */
		@Override
		public boolean release() {
			try {
				released(unlocking().read(this.connection));
				return true;
			}
			catch (SQLException ex) {
				logger.warn("The lock of this run could not be given back, the server frees it with the session: {}",
						ex.getMessage());
				return false;
			}
		}

	}

}
