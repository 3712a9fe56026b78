package io.veza.migrations;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that what is under way ends early, because the application closes. It is never
 * taken back.
 *
 * @since 0.1.0
 */
public final class Cancellation {

	private final CountDownLatch requested = new CountDownLatch(1);

	/**
	 * Ask for the end.
	 */
	public void request() {
		this.requested.countDown();
	}

	/**
	 * Return whether the end was asked for.
	 * @return whether it was
	 */
	public boolean isRequested() {
		return this.requested.getCount() == 0;
	}

	/**
	 * Wait, unless the end is asked for. A thread that is interrupted counts as asked and
	 * stays interrupted.
	 * @param time how long
	 * @return whether the end was asked for
	 */
	public boolean pause(Duration time) {
		try {
			return this.requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

}
