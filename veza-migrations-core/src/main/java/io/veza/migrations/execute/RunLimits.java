package io.veza.migrations.execute;

import java.time.Clock;
import java.util.random.RandomGenerator;

import io.veza.migrations.CancellationToken;

/**
 * The limits that are set to a run from outside.
 *
 * @param timeouts how long statements may take
 * @param blockers tells who is in the way
 * @param cancellation ends the run early
 * @param interruption cancels what the run does on the server
 * @param clock measures how long a lock was tried
 * @param random spreads the attempts
 * @param rowValuesRedacted whether errors leave out what may be the values of rows
 */
public record RunLimits(StatementTimeouts timeouts, BlockerLookup blockers, CancellationToken cancellation,
		StatementInterruption interruption, Clock clock, RandomGenerator random, boolean rowValuesRedacted) {

}
