package io.veza.migrations.lock;

import java.time.Duration;

/**
 * A run that waits while another one holds the lock.
 */
public interface LockWaiter {

	/**
	 * Called each time that another run holds the lock.
	 * @param holder who holds it
	 * @return whether to go on waiting; not if the other run has left nothing to do
	 */
	boolean goesOn(String holder);

	/**
	 * Return how long to wait at most.
	 * @return the time, zero to try once
	 */
	Duration patience();

}
