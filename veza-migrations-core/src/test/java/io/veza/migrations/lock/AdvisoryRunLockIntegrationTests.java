package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.veza.migrations.Cancellation;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import static org.assertj.core.api.Assertions.assertThat;

class SessionLockIntegrationTests {

	private static final String LOCKS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
			+ "(SELECT oid FROM pg_database WHERE datname = current_database())";

	private final TestDatabase database = TestDatabase.create();

	private final List<String> seen = new ArrayList<>();

	@Test
	void lookFollowsTheLockInItsRoundTrip() throws SQLException {
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = acquire(connection, "SELECT %s");

			assertThat(this.seen).containsExactly("t");
			assertThat(transaction(connection)).isEqualTo(TransactionState.IDLE);
			assertThat(held.release()).isTrue();
			assertThat(this.database.query(LOCKS)).isEmpty();
		}
	}

	@Test
	void lookThatSucceedsWhileAnotherHoldsTheLockIsNotRead() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			acquire(first, "SELECT 1");
			this.seen.clear();

			assertThat(lock().acquire(second, new Impatient(), new Look("SELECT %s", this.seen))).isEmpty();
			assertThat(this.seen).isEmpty();
			assertThat(transaction(second)).isEqualTo(TransactionState.IDLE);
			assertThat(this.database.query(LOCKS)).hasSize(1);
		}
	}

	@Test
	void lookThatFailsLeavesTheLockTakenOnce() throws SQLException {
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = acquire(connection, "SELECT %s FROM no_such_table");

			assertThat(this.seen).isEmpty();
			assertThat(transaction(connection)).isEqualTo(TransactionState.IDLE);
			assertThat(held.release()).isTrue();
			assertThat(this.database.query(LOCKS)).isEmpty();
		}
	}

	@Test
	void lookThatFailsWhileAnotherHoldsTheLockEndsItsTransaction() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			acquire(first, "SELECT 1");

			assertThat(lock().acquire(second, new Impatient(), new Look("SELECT 1 / 0", this.seen))).isEmpty();
			assertThat(transaction(second)).isEqualTo(TransactionState.IDLE);
		}
	}

	private RunLock.Held acquire(Connection connection, String sql) throws SQLException {
		return lock().acquire(connection, new Impatient(), new Look(sql, this.seen)).orElseThrow();
	}

	private static SessionLock lock() {
		return new SessionLock(LockKey.of("public", "history"), Clock.systemUTC(), RandomGenerator.getDefault(),
				new Cancellation());
	}

	private static TransactionState transaction(Connection connection) throws SQLException {
		return connection.unwrap(BaseConnection.class).getTransactionState();
	}

	private record Look(String sql, List<String> seen) implements LookUnderLock {

		@Override
		public List<String> statements(String held) {
			return List.of(this.sql.formatted(held));
		}

		@Override
		public void read(Statement statement) throws SQLException {
			try (ResultSet row = statement.getResultSet()) {
				row.next();
				this.seen.add(row.getString(1));
			}
		}

	}

	private record Impatient() implements LockWaiter {

		@Override
		public Duration patience() {
			return Duration.ZERO;
		}

		@Override
		public boolean goesOn(String holder) {
			return false;
		}

	}

}
