package io.veza.migrations.execute;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The timeouts of statements, unless a directive of the file says otherwise.
 *
 * @param lockTimeout how long a statement may queue for a lock; zero for ever
 * @param lockRetryFor how long to keep trying to get a lock
 * @param statementTimeout how long a statement may run, {@code null} for as long as the
 * session lets it
 */
public record StatementTimeouts(Duration lockTimeout, Duration lockRetryFor, @Nullable Duration statementTimeout) {

	/**
	 * Return the timeouts of an application that configures none.
	 * @return the defaults
	 */
	public static StatementTimeouts defaults() {
		return new StatementTimeouts(Duration.ofMillis(500), Duration.ofMinutes(5), null);
	}

	/**
	 * Return these timeouts with another lock timeout.
	 * @param lockTimeout how long a statement may queue for a lock; zero for ever
	 * @return the timeouts
	 */
	public StatementTimeouts withLockTimeout(Duration lockTimeout) {
		return new StatementTimeouts(lockTimeout, this.lockRetryFor, this.statementTimeout);
	}

	/**
	 * Return these timeouts with another statement timeout.
	 * @param statementTimeout how long a statement may run
	 * @return the timeouts
	 */
	public StatementTimeouts withStatementTimeout(Duration statementTimeout) {
		return new StatementTimeouts(this.lockTimeout, this.lockRetryFor, statementTimeout);
	}

}
