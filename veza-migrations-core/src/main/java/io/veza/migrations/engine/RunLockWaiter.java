package io.veza.migrations.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.veza.migrations.lock.LockWaiter;

/**
 * A run that waits for another one until that one has left nothing to do.
 *
 * @param patience how long it waits at most
 * @param allDone whether nothing is left to do
 * @param waiting is told who holds the lock
 */
record RunLockWaiter(Duration patience, BooleanSupplier allDone, Consumer<String> waiting) implements LockWaiter {

	@Override
	public boolean goesOn(String holder) {
		this.waiting.accept(holder);
		return !this.allDone.getAsBoolean();
	}

}
