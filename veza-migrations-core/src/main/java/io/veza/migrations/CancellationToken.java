package io.veza.migrations;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal that running work should end early because the application closes. It cannot
 * be withdrawn.
 *
 * @since 0.1.0
 */
public final class CancellationToken {

	private final CountDownLatch requested = new CountDownLatch(1);

	/**
	 * Ask running work to end early.
	 */
	public void request() {
		this.requested.countDown();
	}

	/**
	 * Return whether work should end early.
	 * @return whether it was
	 */
	public boolean isRequested() {
		return this.requested.getCount() == 0;
	}

	/**
	 * Wait, unless work should end early. An interrupted thread counts as such a request
	 * and stays interrupted.
	 * @param time the longest time to wait
	 * @return whether work should end early
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
