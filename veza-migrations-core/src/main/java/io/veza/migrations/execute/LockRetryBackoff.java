package io.veza.migrations.execute;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The pauses between attempts to get a lock: exponential with full jitter, so that those
 * who stepped back together do not come back together.
 */
public final class LockRetryBackoff {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final RunLimits limits;

	private final Instant deadline;

	private int attempts;

	public LockRetryBackoff(RunLimits limits) {
		this.limits = limits;
		this.deadline = limits.clock().instant().plus(limits.timeouts().lockRetryFor());
	}

	/**
	 * Count an attempt that failed.
	 * @return how long to pause before the next one, or empty if the time is over
	 */
	public Optional<Duration> failed() {
		this.attempts++;
		Duration left = Duration.between(this.limits.clock().instant(), this.deadline);
		if (left.isNegative() || left.isZero()) {
			return Optional.empty();
		}
		long longest = Math.min(FIRST_PAUSE.toMillis() << Math.min(this.attempts - 1, 10), LONGEST_PAUSE.toMillis());
		Duration pause = Duration.ofMillis(this.limits.random().nextLong(longest + 1));
		return Optional.of((pause.compareTo(left) < 0) ? pause : left);
	}

	public int attempts() {
		return this.attempts;
	}

}
