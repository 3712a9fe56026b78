package io.veza.migrations.lock;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.LockNotObtainedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a lock again and again while another run holds it, and never waits inside a
 * statement.
 */
final class LockPolling {

	private static final Logger logger = LoggerFactory.getLogger(LockPolling.class);

	private static final Duration POLL = Duration.ofMillis(500);

	private final Clock clock;

	private final RandomGenerator random;

	private final CancellationToken cancellation;

	/**
	 * Create a new instance.
	 * @param clock measures the wait
	 * @param random spreads the polls of processes that started together
	 * @param cancellation ends the wait early
	 */
	LockPolling(Clock clock, RandomGenerator random, CancellationToken cancellation) {
		this.clock = clock;
		this.random = random;
		this.cancellation = cancellation;
	}

	/**
	 * Ask until the lock is there.
	 * @param lock the lock
	 * @param waiter who waits
	 * @return whether it was obtained; if not, the waiter did not go on waiting
	 * @throws LockNotObtainedException if the time is over
	 * @throws SQLException if the server cannot be asked
	 */
	boolean obtain(PollableLock lock, LockWaiter waiter) throws SQLException {
		Instant deadline = this.clock.instant().plus(waiter.patience());
		String known = null;
		while (!lock.tryLock()) {
			LockHolder holder = lock.holder();
			String description = holder.name() + holder.state();
			if (!holder.name().equals(known)) {
				logger.info("Waiting for another run: the lock is held by {}", description);
				known = holder.name();
			}
			if (!waiter.goesOn(description)) {
				return false;
			}
			if (!this.clock.instant().isBefore(deadline)) {
				throw new LockNotObtainedException(message(waiter.patience(), description), description);
			}
			pause(description);
		}
		return true;
	}

	private static String message(Duration wait, String holder) {
		String waited = wait.isZero() ? "Another run is working on this database"
				: "Another run was working on this database for longer than veza.migrations.lock.wait (" + wait + ")";
		return waited + ": the lock is held by " + holder
				+ ". Wait for it to end, or look with pg_stat_activity at what it does.";
	}

	private void pause(String holder) {
		if (this.cancellation.pause(POLL.dividedBy(2).plusMillis(this.random.nextLong(POLL.toMillis())))) {
			throw new LockNotObtainedException(
					"The wait for another run was ended, because the application closes: the lock is held by " + holder
							+ ". Start again to continue.",
					holder);
		}
	}

	/**
	 * A lock that can be asked for.
	 */
	interface PollableLock {

		/**
		 * Ask once, without waiting.
		 * @return whether the lock was obtained
		 * @throws SQLException if the server cannot be asked
		 */
		boolean tryLock() throws SQLException;

		/**
		 * Return who holds it.
		 * @return the holder
		 * @throws SQLException if the server cannot be asked
		 */
		LockHolder holder() throws SQLException;

	}

	/**
	 * The holder of a lock.
	 *
	 * @param name who it is
	 * @param state what may change while it is the same one
	 */
	record LockHolder(String name, String state) {
	}

}
