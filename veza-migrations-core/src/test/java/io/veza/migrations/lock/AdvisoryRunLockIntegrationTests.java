package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import static org.assertj.core.api.Assertions.assertThat;

class AdvisoryRunLockIntegrationTests {

	private static final String LOCKS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
			+ "(SELECT oid FROM pg_database WHERE datname = current_database())";

	private final TestDatabase database = TestDatabase.create();

	private final List<String> seen = new ArrayList<>();

	@Test
	void readFollowsTheLockInItsRoundTrip() throws SQLException {
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = acquire(connection, "SELECT %s");

			assertThat(this.seen).containsExactly("t");
			assertThat(transaction(connection)).isEqualTo(TransactionState.IDLE);
			assertThat(held.release()).isTrue();
			assertThat(this.database.query(LOCKS)).isEmpty();
		}
	}

	@Test
	void readWhileAnotherHoldsTheLockIsNotAccepted() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			acquire(first, "SELECT 1");
			this.seen.clear();

			assertThat(lock().acquire(second, new Impatient(), new SeenRead("SELECT %s", this.seen))).isEmpty();
			assertThat(this.seen).isEmpty();
			assertThat(transaction(second)).isEqualTo(TransactionState.IDLE);
			assertThat(this.database.query(LOCKS)).hasSize(1);
		}
	}

	@Test
	void readThatFailsLeavesTheLockTakenOnce() throws SQLException {
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = acquire(connection, "SELECT %s FROM no_such_table");

			assertThat(this.seen).isEmpty();
			assertThat(transaction(connection)).isEqualTo(TransactionState.IDLE);
			assertThat(held.release()).isTrue();
			assertThat(this.database.query(LOCKS)).isEmpty();
		}
	}

	@Test
	void readThatFailsWhileAnotherHoldsTheLockEndsItsTransaction() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			acquire(first, "SELECT 1");

			assertThat(lock().acquire(second, new Impatient(), new SeenRead("SELECT 1 / 0", this.seen))).isEmpty();
			assertThat(transaction(second)).isEqualTo(TransactionState.IDLE);
		}
	}

	private RunLock.Held acquire(Connection connection, String sql) throws SQLException {
		return lock().acquire(connection, new Impatient(), new SeenRead(sql, this.seen)).orElseThrow();
	}

	private static AdvisoryRunLock lock() {
		return new AdvisoryRunLock(AdvisoryLockKey.of("public", "history"), Clock.systemUTC(),
				RandomGenerator.getDefault(), new CancellationToken());
	}

	private static TransactionState transaction(Connection connection) throws SQLException {
		return connection.unwrap(BaseConnection.class).getTransactionState();
	}

	private record SeenRead(String sql, List<String> seen) implements ReadUnderLock<List<String>> {

		@Override
		public DatabaseRead<List<String>> read(String heldCondition) {
			return DatabaseRead.list(this.sql.formatted(heldCondition), (row) -> row.getString(1));
		}

		@Override
		public void accept(List<String> answer) {
			this.seen.addAll(answer);
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
