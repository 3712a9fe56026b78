package io.veza.migrations.execute;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long statements may take, unless a directive of the file says otherwise.
 *
 * @param lockTimeout how long a statement may queue for a lock; zero for ever
 * @param lockRetryFor how long to keep trying to get a lock
 * @param statementTimeout how long a statement may run, {@code null} for as long as the
 * session lets it
 */
public record Timeouts(Duration lockTimeout, Duration lockRetryFor, @Nullable Duration statementTimeout) {

	/**
	 * Return the timeouts of an application that configures none.
	 * @return the defaults
	 */
	public static Timeouts defaults() {
		return new Timeouts(Duration.ofMillis(500), Duration.ofMinutes(5), null);
	}

}
