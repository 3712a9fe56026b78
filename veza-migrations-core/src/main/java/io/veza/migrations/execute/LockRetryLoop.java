package io.veza.migrations.execute;

import java.sql.SQLException;
import java.time.Duration;

import io.veza.migrations.LockRetry;
import io.veza.migrations.PlanStep;

/**
 * Repetition of a migration that did not get a lock in time: others must not queue behind
 * a statement of ours, so that it steps back and lets them through.
 */
public final class LockRetryLoop {

	private final RunLimits limits;

	private final StepListener listener;

	/**
	 * Create a new instance.
	 * @param limits the limits of the run
	 * @param listener is told of each attempt that failed
	 */
	public LockRetryLoop(RunLimits limits, StepListener listener) {
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Run something until it gets its locks.
	 * @param step the migration
	 * @param attempt what to run; after a failure the next one may begin
	 * @throws StepFailedException if it fails otherwise, or the time is over
	 */
	public void run(PlanStep step, Attempt attempt) throws StepFailedException {
		LockRetryAttempts attempts = new LockRetryAttempts(this.limits, (number, pause, blockers) -> this.listener
			.onLockRetry(step, new LockRetry(step.version(), number, pause, blockers)));
		Duration minLockTimeout = Duration.ZERO;
		while (true) {
			try {
				attempt.run(minLockTimeout);
				return;
			}
			catch (StepFailedException ex) {
				if (!(ex.getCause() instanceof SQLException cause) || !ServerErrorKinds.isLockNotAvailable(cause)) {
					throw describe(ex);
				}
				LockRetryAttempts.Next next = attempts.failed(ex.sql());
				switch (next.decision()) {
					case TRY_AGAIN -> minLockTimeout = next.minLockTimeout();
					case TIME_IS_OVER -> throw ex.blockedBy(next.blockers(), next.attempts());
					case APPLICATION_CLOSES -> throw ex.cancelled().blockedBy(next.blockers(), next.attempts());
				}
			}
		}
	}

	/**
	 * Return a failure as one of an application that closes, if it is.
	 * @param ex the failure
	 * @return the failure
	 */
	public StepFailedException describe(StepFailedException ex) {
		boolean closing = this.limits.cancellation().isRequested() && ex.getCause() instanceof SQLException cause
				&& ServerErrorKinds.isCancelled(cause);
		return closing ? ex.cancelled() : ex;
	}

	/**
	 * Something that needs locks.
	 */
	@FunctionalInterface
	public interface Attempt {

		/**
		 * Try once.
		 * @param minLockTimeout how long to queue for a lock at least; zero for no longer
		 * than usual
		 * @throws StepFailedException if a statement of the migration fails
		 */
		void run(Duration minLockTimeout) throws StepFailedException;

	}

}
