package io.veza.migrations.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.engine.watch.RunMonitor;
import io.veza.migrations.execute.StatementInterruption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the operation that is running, because the application closes.
 */
final class RunningOperationCanceller {

	private static final Logger logger = LoggerFactory.getLogger(Migrator.class);

	/** PostgreSQL passes over a request that reaches it between two statements. */
	private static final Duration REPEAT_AFTER = Duration.ofMillis(200);

	private final CancellationToken cancellation;

	private final StatementInterruption interruption;

	private final RunMonitor monitor;

	private final AtomicBoolean begun = new AtomicBoolean();

	RunningOperationCanceller(CancellationToken cancellation, StatementInterruption interruption, RunMonitor monitor) {
		this.cancellation = cancellation;
		this.interruption = interruption;
		this.monitor = monitor;
	}

	/** Ask for the end, and return at once. */
	void cancel() {
		this.cancellation.request();
		this.monitor.running().filter((running) -> this.begun.compareAndSet(false, true)).ifPresent((running) -> {
			logger.info("The application closes, so that the running {} is cancelled", running.operation().id());
			Thread thread = new Thread(this::insist, "veza-migrations-cancel");
			thread.setDaemon(true);
			thread.start();
		});
	}

	/**
	 * Ask for the end and wait for it.
	 * @param grace how long to wait at most
	 */
	void cancelAndWait(Duration grace) {
		cancel();
		if (!this.monitor.awaitEnd(grace)) {
			logger.warn("The running operation has not ended within {}. "
					+ "The server ends it when it notices that the connection is gone.", grace);
		}
	}

	private void insist() {
		do {
			this.interruption.cancelStatement();
		}
		while (!this.monitor.awaitEnd(REPEAT_AFTER));
	}

}
