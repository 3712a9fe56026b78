package io.veza.migrations;

import java.time.Duration;

/**
 * The retry of a migration that did not get a lock in time.
 *
 * @param version the version
 * @param attempt the number of the attempt that failed, from 1
 * @param pause the pause before the next attempt
 * @param blockers the sessions that held the lock, in words
 * @since 0.1.0
 */
public record LockRetry(MigrationVersion version, int attempt, Duration pause, String blockers) {

}
