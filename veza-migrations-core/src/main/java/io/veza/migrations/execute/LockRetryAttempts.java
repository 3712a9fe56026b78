package io.veza.migrations.execute;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The attempts to get a lock: after each one that failed it is found out who is in the
 * way, somebody is told, and the next one waits for a pause.
 */
public final class LockRetryAttempts {

	/** PostgreSQL needs a moment to cancel what it decided to cancel. */
	private static final Duration MARGIN = Duration.ofMillis(250);

	private final RunLimits limits;

	private final RetryListener listener;

	private final LockRetryBackoff backoff;

	/**
	 * Create a new instance.
	 * @param limits the limits of the run
	 * @param listener is told before each pause
	 */
	public LockRetryAttempts(RunLimits limits, RetryListener listener) {
		this.limits = limits;
		this.listener = listener;
		this.backoff = new LockRetryBackoff(limits);
	}

	/**
	 * Find out who was in the way of an attempt that failed, and pause before the next.
	 * @param sql the statement that did not get its lock, {@code null} if it is unknown
	 * @return how it goes on
	 */
	public Next failed(@Nullable String sql) {
		BlockerLookup.Blame blame = this.limits.blockers().blame(sql);
		Optional<Duration> pause = this.backoff.failed();
		int number = this.backoff.attempts();
		if (pause.isEmpty()) {
			return new Next(Decision.TIME_IS_OVER, number, blame.who(), Duration.ZERO);
		}
		this.listener.onRetry(number, pause.get(), blame.who());
		if (this.limits.cancellation().pause(pause.get())) {
			return new Next(Decision.APPLICATION_CLOSES, number, blame.who(), Duration.ZERO);
		}
		return new Next(Decision.TRY_AGAIN, number, blame.who(), minLockTimeout(blame.cancelledAfter()));
	}

	private static Duration minLockTimeout(@Nullable Duration cancelledAfter) {
		return (cancelledAfter != null) ? cancelledAfter.plus(MARGIN) : Duration.ZERO;
	}

	/**
	 * The continuation after an attempt that failed.
	 *
	 * @param decision whether there is another attempt
	 * @param attempts the number of attempts so far
	 * @param blockers who was in the way, in words
	 * @param minLockTimeout how long the next attempt queues at least; zero for no longer
	 * than usual
	 */
	public record Next(Decision decision, int attempts, String blockers, Duration minLockTimeout) {

	}

	/**
	 * Whether there is another attempt.
	 */
	public enum Decision {

		/** There is, after a pause that is over. */
		TRY_AGAIN,

		/** There is none, because it took too long. */
		TIME_IS_OVER,

		/** There is none, because the application closes. */
		APPLICATION_CLOSES

	}

	/**
	 * Is told that an attempt failed and will be repeated.
	 */
	@FunctionalInterface
	public interface RetryListener {

		/**
		 * Called before the pause.
		 * @param attempt the number of the attempt that failed, from 1
		 * @param pause how long the next one waits before it begins
		 * @param blockers who was in the way, in words
		 */
		void onRetry(int attempt, Duration pause, String blockers);

	}

}
