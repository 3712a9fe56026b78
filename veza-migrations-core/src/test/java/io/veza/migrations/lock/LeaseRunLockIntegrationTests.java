package io.veza.migrations.lock;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

class LeaseRunLockIntegrationTests {

	private static final String OWNERS = "SELECT holder FROM public.lease";

	private static final ReadUnderLock<?> NO_READ = mock(ReadUnderLock.class);

	private final TestDatabase database = TestDatabase.create();

	@Test
	void leaseIsTakenByOneAndFreeAgainAfterItsRelease() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			RunLock.Held held = lock("one").acquire(first, new Waiter(Duration.ZERO), NO_READ).orElseThrow();

			assertThatExceptionOfType(LockNotObtainedException.class)
				.isThrownBy(() -> lock("two").acquire(second, new Waiter(Duration.ZERO), NO_READ))
				.withMessageContaining("the lock is held by one, since ")
				.withMessageContaining("; its lease ends at ")
				.withMessageContaining(" unless it is renewed");
			assertThat(held.release()).isTrue();
			assertThat(lock("two").acquire(second, new Waiter(Duration.ZERO), NO_READ)).isPresent();
		}
	}

	@Test
	void leaseThatHasEndedIsTakenOverAndItsOwnerIsFenced() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			RunLock.Held late = lock("one").acquire(first, new Waiter(Duration.ZERO), NO_READ).orElseThrow();
			endLease();
			RunLock.Held owner = lock("two").acquire(second, new Waiter(Duration.ZERO), NO_READ).orElseThrow();

			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(first, late.fence()))
				.withMessageContaining("the lease of this run has ended and is held now by two");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(first, late.renewal()));
			late.release();
			assertThat(this.database.query("SELECT " + late.heldCondition() + ", " + owner.heldCondition()))
				.containsExactly("f|t");
			assertThat(this.database.query(OWNERS)).containsExactly("two");
		}
	}

	@Test
	void leaseOfATransactionThatIsOpenIsNotTakenOver() throws SQLException {
		try (Connection first = this.database.connect(); Connection second = this.database.connect()) {
			RunLock.Held held = lock("one").acquire(first, new Waiter(Duration.ZERO), NO_READ).orElseThrow();
			endLease();
			first.setAutoCommit(false);
			execute(first, held.fence());

			assertThatExceptionOfType(LockNotObtainedException.class)
				.isThrownBy(() -> lock("two").acquire(second, new Waiter(Duration.ZERO), NO_READ))
				.withMessageContaining("a transaction of it is still open");
			execute(first, held.renewal());
			first.commit();
			assertThatExceptionOfType(LockNotObtainedException.class)
				.isThrownBy(() -> lock("two").acquire(second, new Waiter(Duration.ZERO), NO_READ))
				.withMessageContaining("unless it is renewed");
		}
	}

	@Test
	void heartbeatKeepsTheLeaseAlive() throws SQLException {
		try (Connection connection = this.database.connect()) {
			LeaseRunLock lock = lock("one", this.database.dataSource(), Duration.ofMillis(600));
			RunLock.Held held = lock.acquire(connection, new Waiter(Duration.ZERO), NO_READ).orElseThrow();
			String before = this.database.query("SELECT expires_at FROM public.lease").get(0);

			Awaitility.await()
				.until(() -> this.database
					.query("SELECT expires_at > '" + before + "'::timestamptz + interval '2 s' FROM public.lease")
					.contains("t"));
			held.release();
			assertThat(this.database.query(OWNERS)).isEmpty();
		}
	}

	@Test
	void heartbeatThatFailsGivesItsConnectionBackAsItWas() throws Exception {
		try (Connection connection = this.database.connect(); Connection second = this.database.connect()) {
			second.setAutoCommit(false);
			CountDownLatch returned = new CountDownLatch(1);
			Connection lent = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("close")) {
							returned.countDown();
							return null;
						}
						return method.invoke(second, arguments);
					});
			RunLock.Held held = lock("one", new SingleConnectionDataSource(lent, false), Duration.ofMillis(600))
				.acquire(connection, new Waiter(Duration.ZERO), NO_READ)
				.orElseThrow();
			held.requireOutsideTransactions();
			this.database.execute("DROP TABLE public.lease");

			assertThat(returned.await(1, TimeUnit.MINUTES)).isTrue();
			held.release();

			assertThat(second.getAutoCommit()).isFalse();
			assertThat(second.unwrap(PGConnection.class).getPrepareThreshold()).isEqualTo(5);
		}
	}

	@Test
	void nothingRunsOutsideOfATransactionWithoutAHeartbeat() throws SQLException {
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = lock("one").acquire(connection, new Waiter(Duration.ZERO), NO_READ).orElseThrow();

			assertThatExceptionOfType(DatabaseUnreachableException.class).isThrownBy(held::requireOutsideTransactions)
				.withMessageContaining("there is no second connection to be had")
				.withMessageContaining("at least two connections, or set veza.migrations.url")
				.withRootCauseInstanceOf(SQLException.class);
		}
	}

	@Test
	void manyThatStartAtOnceMakeOneTableAndOneOwner() throws Exception {
		CyclicBarrier start = new CyclicBarrier(16);
		ExecutorService processes = Executors.newFixedThreadPool(16);
		List<CompletableFuture<Boolean>> results = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			results.add(CompletableFuture.supplyAsync(() -> takesAtOnce(start), processes));
		}
		processes.shutdown();

		assertThat(results).extracting(CompletableFuture::join).containsOnlyOnce(true);
		assertThat(this.database.query(OWNERS)).hasSize(1);
	}

	@Test
	void missingSchemaIsMade() throws SQLException {
		LeaseTableName table = new LeaseTableName("\"o'dd\"", "\"o'dd\".\"na\\me\"", null);
		try (Connection connection = this.database.connect()) {
			RunLock.Held held = lock(table, "it's \\ me", new NoConnections(), Duration.ofMinutes(1))
				.acquire(connection, new Waiter(Duration.ZERO), NO_READ)
				.orElseThrow();

			execute(connection, held.fence());
			execute(connection, held.renewal());
			assertThat(this.database.query("SELECT holder FROM \"o'dd\".\"na\\me\"")).containsExactly("it's \\ me");
		}
	}

	private boolean takesAtOnce(CyclicBarrier start) {
		try (Connection connection = this.database.connect()) {
			start.await();
			Optional<RunLock.Held> held = lock("any").acquire(connection, new Waiter(null), NO_READ);
			return held.isPresent();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private LeaseRunLock lock(String holder) {
		return lock(holder, new NoConnections(), Duration.ofSeconds(30));
	}

	private static LeaseRunLock lock(String holder, DataSource dataSource, Duration term) {
		return lock(new LeaseTableName("public", "public.lease", null), holder, dataSource, term);
	}

	private static LeaseRunLock lock(LeaseTableName table, String holder, DataSource dataSource, Duration term) {
		return new LeaseRunLock(table, holder, term, dataSource, Clock.systemUTC(), RandomGenerator.getDefault(),
				new CancellationToken());
	}

	private void endLease() {
		this.database.execute("UPDATE public.lease SET expires_at = clock_timestamp() - interval '1 s'");
	}

	private static void execute(Connection connection, List<String> sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql.get(0));
		}
	}

	/** Waits that long, or gives up at the first look if there is no time. */
	private record Waiter(Duration time) implements LockWaiter {

		@Override
		public boolean goesOn(String holder) {
			return this.time != null;
		}

		@Override
		public Duration patience() {
			return (this.time != null) ? this.time : Duration.ofMinutes(1);
		}

	}

	private static final class NoConnections extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("none left");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
