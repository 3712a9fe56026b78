package io.veza.migrations.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The options of the lock that lets one run work at a time.
 *
 * @param patience how long to wait while another process runs migrations
 * @param strategy what ensures it; {@code null} for the session, or the lease if the
 * connection leads through a pooler
 * @param lease how long a lease lasts unless it is renewed
 */
public record RunLockOptions(Duration patience, @Nullable RunLockStrategy strategy, Duration lease) {

	private static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

	/**
	 * Return the options with the usual lease.
	 * @param patience how long to wait while another process runs migrations
	 * @param strategy what ensures that one run works at a time, {@code null} to choose
	 */
	public RunLockOptions(Duration patience, @Nullable RunLockStrategy strategy) {
		this(patience, strategy, DEFAULT_LEASE);
	}

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static RunLockOptions defaults() {
		return new RunLockOptions(Duration.ofMinutes(10), null);
	}

}
