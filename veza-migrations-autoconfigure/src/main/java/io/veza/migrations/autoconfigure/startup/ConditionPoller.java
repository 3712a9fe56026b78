package io.veza.migrations.autoconfigure.startup;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A poller that asks a question again and again, until the answer is yes or the
 * application closes.
 */
public final class ConditionPoller implements AutoCloseable {

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Supplier<Duration> pause;

	/**
	 * Create a new instance.
	 * @param pause returns how long to wait before the next question
	 */
	public ConditionPoller(Supplier<Duration> pause) {
		this.pause = pause;
	}

	/**
	 * Block until the answer is yes.
	 * @param question the question
	 * @return whether the answer was yes, {@code false} if the application closes or the
	 * thread is interrupted
	 */
	boolean until(BooleanSupplier question) {
		while (!closesDuringPause()) {
			if (question.getAsBoolean()) {
				return true;
			}
		}
		return false;
	}

	private boolean closesDuringPause() {
		try {
			return this.closed.await(this.pause.get().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

}
