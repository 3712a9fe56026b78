package io.veza.migrations.engine;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.veza.migrations.catalog.SessionPicture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the session that works while a statement takes its time: where it is, whom it
 * waits for, how far it is. It does so in a thread of its own with a second connection,
 * for which nobody ever waits: a pool that has none to give is as good as one that has,
 * and one that has gets it back after each look.
 */
final class RunWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RunWatch.class);

	/** What is done sooner is not worth a connection. */
	private static final Duration WORTH_A_LOOK = Duration.ofMillis(200);

	private static final Duration INTERVAL = Duration.ofMillis(100);

	/** A server or a pool that has no connection now will hardly have one at once. */
	private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

	private final DataSource dataSource;

	private final OptionalInt pid;

	private final boolean withQueries;

	private final RunMonitor monitor;

	private final SeenBlockers blockers;

	private final WaitLog log;

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
	RunWatch(DataSource dataSource, OptionalInt pid, boolean withQueries, RunMonitor monitor, SeenBlockers blockers,
			Clock clock) {
		this.dataSource = dataSource;
		this.pid = pid;
		this.withQueries = withQueries;
		this.monitor = monitor;
		this.blockers = blockers;
		this.log = new WaitLog(clock);
		this.clock = clock;
	}

	/**
	 * Begin to watch, if it is known which session works.
	 */
	void start() {
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
			if (worthALook().isPresent()) {
				observe();
			}
		}
	}

	private Optional<Sent> worthALook() {
		return Optional.ofNullable(this.monitor.sent())
			.filter((sent) -> Duration.between(sent.since(), this.clock.instant()).compareTo(WORTH_A_LOOK) >= 0);
	}

	private void observe() {
		try (Observer observer = Observer.borrow(this.dataSource)) {
			boolean goesOn = !endsWithin(Duration.ZERO);
			while (goesOn) {
				look(observer);
				goesOn = !observer.isPooled() && !endsWithin(INTERVAL);
			}
		}
		catch (SQLException | RuntimeException ex) {
			// a pool and a DataSource that is built late throw others than SQLException
			logger.debug("The migration goes on without being watched", ex);
			endsWithin(AFTER_FAILURE);
		}
	}

	private void look(Observer observer) throws SQLException {
		Optional<Sent> sent = worthALook();
		if (sent.isPresent()) {
			observer.look(this.pid.getAsInt(), this.withQueries).ifPresent((picture) -> seen(sent.get(), picture));
		}
	}

	private void seen(Sent sent, SessionPicture picture) {
		this.monitor.seen(sent, picture);
		this.blockers.seen(sent, picture);
		this.monitor.running().ifPresent((operation) -> this.log.seen(sent, picture, operation));
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
