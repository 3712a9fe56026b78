package io.veza.migrations.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How it is ensured that one run works at a time.
 *
 * @param patience how long to wait while another process runs migrations
 * @param strategy what ensures it; {@code null} for the session, or the lease if the
 * connection leads through a pooler
 * @param lease how long a lease lasts unless it is renewed
 */
public record LockOptions(Duration patience, @Nullable LockStrategy strategy, Duration lease) {

	private static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

	/**
	 * Return the options with the usual lease.
	 * @param patience how long to wait while another process runs migrations
	 * @param strategy what ensures that one run works at a time, {@code null} to choose
	 */
	public LockOptions(Duration patience, @Nullable LockStrategy strategy) {
		this(patience, strategy, DEFAULT_LEASE);
	}

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static LockOptions defaults() {
		return new LockOptions(Duration.ofMinutes(10), null);
	}

}
