package io.veza.migrations.execute;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what did not get a lock in time: others must not queue behind a statement
 * of ours, so that it steps back and lets them through.
 */
final class LockRetries {

	/** Lock timeout, and the victim of a deadlock. */
	private static final Set<String> NO_LOCK = Set.of("55P03", "40P01");

	private static final String CANCELLED = "57014";

	/** PostgreSQL needs a moment to cancel what it decided to cancel. */
	private static final Duration MARGIN = Duration.ofMillis(250);

	private final RunLimits limits;

	private final StepListener listener;

	LockRetries(RunLimits limits, StepListener listener) {
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Return whether a failure says that a lock was not to be had.
	 * @param ex the failure
	 * @return whether trying again may help
	 */
	static boolean noLock(SQLException ex) {
		return NO_LOCK.contains(String.valueOf(ex.getSQLState()));
	}

	/**
	 * Return whether a failure says nothing about the statement that failed.
	 * @param ex the failure
	 * @return whether a lock was not to be had, or somebody cancelled the statement
	 */
	static boolean comesFromOutside(SQLException ex) {
		return noLock(ex) || CANCELLED.equals(ex.getSQLState());
	}

	/**
	 * Run something until it gets its locks.
	 * @param step the migration
	 * @param attempt what to run; after a failure the next one may begin
	 * @throws StepFailedException if it fails otherwise, or the time is over
	 * @throws FlightFailedException if the history could not be written
	 */
	void run(PlanStep step, Attempt attempt) throws StepFailedException, FlightFailedException {
		Backoff backoff = new Backoff(this.limits);
		Duration atLeast = Duration.ZERO;
		while (true) {
			try {
				attempt.run(atLeast);
				return;
			}
			catch (StepFailedException ex) {
				if (!(ex.getCause() instanceof SQLException cause) || !noLock(cause)) {
					throw describe(ex);
				}
				atLeast = pause(step, ex, backoff);
			}
		}
	}

	/**
	 * Return a failure as one of an application that closes, if it is.
	 * @param ex the failure
	 * @return the failure
	 */
	StepFailedException describe(StepFailedException ex) {
		return isCancelled(ex) ? ex.cancelled() : ex;
	}

	private boolean isCancelled(StepFailedException ex) {
		return this.limits.cancellation().isRequested() && ex.getCause() instanceof SQLException cause
				&& CANCELLED.equals(cause.getSQLState());
	}

	private Duration pause(PlanStep step, StepFailedException failure, Backoff backoff) throws StepFailedException {
		Blockers.Blame blame = this.limits.blockers().blame(failure.sql());
		Optional<Duration> pause = backoff.failed();
		if (pause.isEmpty()) {
			throw failure.blockedBy(blame.who(), backoff.attempts());
		}
		this.listener.onLockRetry(step, new LockRetry(step.version(), backoff.attempts(), pause.get(), blame.who()));
		if (this.limits.cancellation().pause(pause.get())) {
			throw failure.cancelled().blockedBy(blame.who(), backoff.attempts());
		}
		return enough(blame.cancelledAfter());
	}

	private static Duration enough(@Nullable Duration cancelledAfter) {
		return (cancelledAfter != null) ? cancelledAfter.plus(MARGIN) : Duration.ZERO;
	}

	/**
	 * Something that needs locks.
	 */
	@FunctionalInterface
	interface Attempt {

		/**
		 * Try once.
		 * @param atLeast how long to queue for a lock at least; zero for no longer than
		 * usual
		 * @throws StepFailedException if a statement of the migration fails
		 * @throws FlightFailedException if the history could not be written
		 */
		void run(Duration atLeast) throws StepFailedException, FlightFailedException;

	}

}
