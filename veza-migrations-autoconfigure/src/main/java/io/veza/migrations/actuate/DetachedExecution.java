package io.veza.migrations.actuate;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.veza.migrations.failure.MigrationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * An execution of operations on threads of their own: an operation goes on when the
 * client that asked for it goes away and the thread that serves it is interrupted.
 *
 * @since 0.1.0
 */
public final class DetachedExecution implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(DetachedExecution.class);

	private static final int SERVER_ERROR = 500;

	private final ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();

	/**
	 * Create a new instance. A thread lives as long as its operation, which is never
	 * interrupted: closing waits for it for a moment.
	 */
	public DetachedExecution() {
		this.executor.setBeanName("migrationsDetachedExecution");
		this.executor.setThreadNamePrefix("veza-migrations-");
		this.executor.setCorePoolSize(0);
		this.executor.setQueueCapacity(0);
		this.executor.setKeepAliveSeconds(0);
		this.executor.setWaitForTasksToCompleteOnShutdown(true);
		this.executor.setAwaitTerminationSeconds(5);
		this.executor.initialize();
	}

	/**
	 * Run an operation and wait for it.
	 * @param <T> the type of its report
	 * @param operation the operation
	 * @return its report
	 */
	<T> T run(Supplier<T> operation) {
		Future<T> run = this.executor.submitCompletable(() -> logged(operation));
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
		this.executor.shutdown();
	}

	/** Whoever asked for the operation may be gone when it fails. */
	private static <T> T logged(Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (MigrationException ex) {
			if (ex.status() >= SERVER_ERROR) {
				logger.error(ex.getMessage());
			}
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
