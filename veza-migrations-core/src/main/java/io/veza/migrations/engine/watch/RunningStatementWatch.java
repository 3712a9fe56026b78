package io.veza.migrations.engine.watch;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.veza.migrations.catalog.SessionActivity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the session that works while a statement takes its time: where it is, whom it
 * waits for, how far it is. It does so in a thread of its own with a second connection,
 * for which nobody ever waits: a pool that has none to give is as good as one that has,
 * and one that has gets it back after each look.
 */
public final class RunningStatementWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RunningStatementWatch.class);

	/** A statement that ends sooner is not worth a connection. */
	private static final Duration WATCHED_AFTER = Duration.ofMillis(200);

	private static final Duration INTERVAL = Duration.ofMillis(100);

	/** A server or a pool that has no connection now will hardly have one at once. */
	private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

	private final DataSource dataSource;

	private final OptionalInt pid;

	private final boolean withQueries;

	private final RunMonitor monitor;

	private final ObservedBlockers blockers;

	private final LockWaitLog log;

	private final Clock clock;

	private final CountDownLatch ended = new CountDownLatch(1);

	private @Nullable Thread thread;

	/**
	 * Create a new instance.
	 * @param dataSource where the second connection comes from
	 * @param pid the process of the session that works, empty if that is not always the
	 * same one
	 * @param withQueries whether the SQL of sessions that are in the way may be shown
	 * @param monitor knows what was sent, and is told what is seen
	 * @param blockers is told who is in the way
	 * @param clock measures how long statements are under way
	 */
	public RunningStatementWatch(DataSource dataSource, OptionalInt pid, boolean withQueries, RunMonitor monitor,
			ObservedBlockers blockers, Clock clock) {
		this.dataSource = dataSource;
		this.pid = pid;
		this.withQueries = withQueries;
		this.monitor = monitor;
		this.blockers = blockers;
		this.log = new LockWaitLog(clock);
		this.clock = clock;
	}

	/**
	 * Begin to watch, if it is known which session works.
	 */
	public void start() {
		if (this.pid.isEmpty()) {
			return;
		}
		Thread watch = new Thread(this::watch, "veza-migrations-watch");
		watch.setDaemon(true);
		this.thread = watch;
		watch.start();
	}

	/**
	 * End the watch without waiting for it: a connection that it gets late goes back at
	 * once.
	 */
	@Override
	public void close() {
		this.ended.countDown();
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	private void watch() {
		while (!endsWithin(INTERVAL)) {
			if (longRunning().isPresent()) {
				observe();
			}
		}
	}

	private Optional<StatementInFlight> longRunning() {
		return Optional.ofNullable(this.monitor.sent())
			.filter((sent) -> Duration.between(sent.since(), this.clock.instant()).compareTo(WATCHED_AFTER) >= 0);
	}

	private void observe() {
		try (WatchConnection observer = WatchConnection.borrow(this.dataSource)) {
			boolean goesOn = !endsWithin(Duration.ZERO);
			while (goesOn) {
				readActivity(observer);
				goesOn = !observer.isPooled() && !endsWithin(INTERVAL);
			}
		}
		catch (SQLException | RuntimeException ex) {
			// a pool and a DataSource that is built late throw others than SQLException
			logger.debug("The migration goes on without being watched", ex);
			endsWithin(AFTER_FAILURE);
		}
	}

	private void readActivity(WatchConnection observer) throws SQLException {
		Optional<StatementInFlight> sent = longRunning();
		if (sent.isPresent()) {
			observer.activity(this.pid.getAsInt(), this.withQueries)
				.ifPresent((activity) -> seen(sent.get(), activity));
		}
	}

	private void seen(StatementInFlight sent, SessionActivity activity) {
		this.monitor.seen(sent, activity);
		this.blockers.seen(sent, activity);
		this.monitor.running().ifPresent((operation) -> this.log.seen(sent, activity, operation));
	}

	private boolean endsWithin(Duration time) {
		try {
			return this.ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

}
