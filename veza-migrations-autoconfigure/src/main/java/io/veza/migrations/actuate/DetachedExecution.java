package io.veza.migrations.actuate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.MigrationFailedException;

/**
 * Runs operations on threads of their own, so that an operation goes on when the client
 * that asked for it goes away and the thread that serves it is interrupted.
 *
 * @since 0.1.0
 */
public final class DetachedExecution implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DetachedExecution.class);

	private final ExecutorService threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS,
			new SynchronousQueue<>(), (task) -> new Thread(task, "veza-migrations"));

	/**
	 * Run an operation and wait for it.
	 * @param <T> the type of its report
	 * @param operation the operation
	 * @return its report
	 */
	<T> T run(Supplier<T> operation) {
		CompletableFuture<T> run = CompletableFuture.supplyAsync(() -> logged(operation), this.threads);
		try {
			return run.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DetachedException(ex);
		}
		catch (ExecutionException ex) {
			throw unwrap(ex);
		}
	}

	/**
	 * Wait for a moment until every operation has ended. It was cancelled before.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(5, TimeUnit.SECONDS)) {
				logger.warn("The running operation has not ended, and its connection is closed now");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Whoever asked for the operation may be gone when it fails. */
	private static <T> T logged(Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (MigrationFailedException | DatabaseUnreachableException ex) {
			logger.error(ex.getMessage());
			throw ex;
		}
	}

	private static RuntimeException unwrap(ExecutionException ex) {
		if (ex.getCause() instanceof Error error) {
			throw error;
		}
		return (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
	}

}
