package io.veza.migrations;

import java.time.Duration;

/**
 * A migration stepped back from a lock that it did not get in time, and will be tried
 * again.
 *
 * @param version the version
 * @param attempt the number of the attempt that failed, from 1
 * @param pause how long the next attempt waits before it begins
 * @param blockers who was in the way, in words
 * @since 0.1.0
 */
public record LockRetry(MigrationVersion version, int attempt, Duration pause, String blockers) {

}
