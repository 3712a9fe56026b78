package io.veza.migrations.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.veza.migrations.CancellationToken;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a lease alive from a second connection while a statement runs outside of any
 * transaction. It tries on for as long as the run takes: a pool may have no connection to
 * spare at first.
 */
final class LeaseHeartbeat implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LeaseHeartbeat.class);

	private static final Duration FAREWELL = Duration.ofSeconds(1);

	private final RunLeaseStatements lease;

	private final DataSource dataSource;

	private final Duration interval;

	private final CancellationToken end = new CancellationToken();

	private final CountDownLatch beating = new CountDownLatch(1);

	private final Thread thread;

	private volatile @Nullable Connection connection;

	private volatile @Nullable Exception failure;

	private LeaseHeartbeat(RunLeaseStatements lease, DataSource dataSource) {
		this.lease = lease;
		this.dataSource = dataSource;
		this.interval = lease.term().dividedBy(6);
		this.thread = new Thread(this::run, "veza-migrations-lease");
		this.thread.setDaemon(true);
	}

	/**
	 * Start to keep a lease alive.
	 * @param lease the lease
	 * @param dataSource where the second connection comes from
	 * @return the heartbeat, to be closed
	 */
	static LeaseHeartbeat start(RunLeaseStatements lease, DataSource dataSource) {
		LeaseHeartbeat heartbeat = new LeaseHeartbeat(lease, dataSource);
		heartbeat.thread.start();
		return heartbeat;
	}

	/**
	 * Wait until the lease is kept alive.
	 * @param patience how long at most
	 * @return whether it is
	 */
	boolean awaitBeating(Duration patience) {
		try {
			return this.beating.await(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return why there is no heartbeat.
	 * @return what the driver or the pool said last, {@code null} if nothing yet
	 */
	@Nullable Exception failure() {
		return this.failure;
	}

	@Override
	public void close() {
		this.end.request();
		this.thread.interrupt();
		try {
			this.thread.join(FAREWELL.toMillis());
			Connection open = this.connection;
			if (this.thread.isAlive() && open != null) {
				open.abort(Runnable::run);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (SQLException ex) {
			logger.debug("The connection of the heartbeat could not be aborted", ex);
		}
	}

	private void run() {
		do {
			try (Connection borrowed = this.dataSource.getConnection()) {
				this.connection = borrowed;
				beat(borrowed);
			}
			catch (SQLException | RuntimeException ex) {
				this.failure = ex;
				logger.debug("The lease of this run was not renewed from a second connection", ex);
			}
			finally {
				this.connection = null;
			}
		}
		while (!this.end.pause(this.interval));
	}

	private void beat(Connection borrowed) throws SQLException {
		boolean autoCommit = borrowed.getAutoCommit();
		PGConnection driver = borrowed.unwrap(PGConnection.class);
		int threshold = driver.getPrepareThreshold();
		borrowed.setAutoCommit(true);
		// a prepared statement would belong to whichever session of the pooler took it
		driver.setPrepareThreshold(0);
		LeaseTransactions transactions = new LeaseTransactions(borrowed, this.lease.table());
		try {
			do {
				transactions.run(this.lease.beat());
				this.beating.countDown();
			}
			while (!this.end.pause(this.interval));
		}
		finally {
			driver.setPrepareThreshold(threshold);
			if (!borrowed.isClosed()) {
				borrowed.setAutoCommit(autoCommit);
			}
		}
	}

}
