package io.veza.migrations.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How it is ensured that one run works at a time.
 *
 * @param patience how long to wait while another process runs migrations
 * @param strategy what ensures it; {@code null} for the session, or the lease if the
 * connection leads through a pooler
 */
public record LockOptions(Duration patience, @Nullable LockStrategy strategy) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static LockOptions defaults() {
		return new LockOptions(Duration.ofMinutes(10), null);
	}

}
