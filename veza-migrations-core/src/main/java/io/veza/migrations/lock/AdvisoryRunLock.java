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

import io.veza.migrations.Cancellation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock of the session that does the work, so that the server frees it
 * whenever that session ends.
 * <p>
 * Who waits polls in autocommit mode and never sits inside a blocking lock call: a
 * session that waits inside one holds a snapshot, and CREATE INDEX CONCURRENTLY of the
 * holder would wait for it.
 */
public final class SessionLock implements RunLock {

	private static final Logger logger = LoggerFactory.getLogger(SessionLock.class);

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

	private final LockKey key;

	private final LockPolling polling;

	/**
	 * Create a new instance.
	 * @param key which lock
	 * @param clock measures the wait
	 * @param random spreads the polls of processes that started together
	 * @param cancellation ends the wait early
	 */
	public SessionLock(LockKey key, Clock clock, RandomGenerator random, Cancellation cancellation) {
		this.key = key;
		this.polling = new LockPolling(clock, random, cancellation);
	}

	@Override
	public Optional<RunLock.Held> acquire(Connection connection, LockWaiter waiter, LookUnderLock look)
			throws SQLException {
		LockPolling.Polled lock = new LockPolling.Polled() {

			private boolean looked;

			@Override
			public boolean tryLock() throws SQLException {
				if (!this.looked) {
					this.looked = true;
					return SessionLock.tryLock(connection, SessionLock.this.key, look);
				}
				return SessionLock.tryLock(connection, SessionLock.this.key);
			}

			@Override
			public LockPolling.Holder holder() throws SQLException {
				return new LockPolling.Holder(SessionLock.holder(connection, SessionLock.this.key), "");
			}

		};
		return this.polling.obtain(lock, waiter) ? Optional.of(new Held(connection, this.key)) : Optional.empty();
	}

	/** The lock outlasts the transaction, even one that fails because of the look. */
	private static boolean tryLock(Connection connection, LockKey key, LookUnderLock look) throws SQLException {
		List<String> statements = new ArrayList<>(List.of(BEGIN, TRY_LOCK.formatted(key.value())));
		statements.addAll(look.statements(key.heldCondition()));
		statements.add(COMMIT);
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			try {
				statement.execute(String.join(";\n", statements));
				statement.getMoreResults();
				boolean obtained = readBoolean(statement);
				if (obtained) {
					statement.getMoreResults();
					look.read(statement);
				}
				return obtained;
			}
			catch (SQLException ex) {
				logger.debug("The lock is asked for without a look at anything else", ex);
				rollBack(statement, ex);
			}
		}
		return askBoolean(connection, "SELECT " + key.heldAgainCondition());
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

	private static boolean readBoolean(Statement statement) throws SQLException {
		try (ResultSet row = statement.getResultSet()) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static boolean tryLock(Connection connection, LockKey key) throws SQLException {
		return askBoolean(connection, TRY_LOCK.formatted(key.value()));
	}

	private static boolean askBoolean(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static String holder(Connection connection, LockKey key) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(HOLDER.formatted(key.rowCondition()))) {
			return row.next() ? describe(row) : "a session that has just ended";
		}
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

		private final LockKey key;

		private Held(Connection connection, LockKey key) {
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
		public Optional<String> releaseQuery() {
			return Optional.of(UNLOCK.formatted(this.key.value()));
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
				released(askBoolean(this.connection, UNLOCK.formatted(this.key.value())));
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
