package io.veza.migrations.engine;

import java.util.List;
import java.util.function.Consumer;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.failure.MigrationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners as one, in their order: what one of them throws is logged and changes
 * nothing.
 */
final class MigrationListenerChain implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(MigrationListenerChain.class);

	private final List<MigrationListener> listeners;

	MigrationListenerChain(List<MigrationListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void onRunStarted(MigrationPlan plan) {
		tell((listener) -> listener.onRunStarted(plan));
	}

	@Override
	public void onMigrationStarted(MigrationOperation operation, PlanStep step) {
		tell((listener) -> listener.onMigrationStarted(operation, step));
	}

	@Override
	public void onLockRetry(MigrationOperation operation, LockRetry retry) {
		tell((listener) -> listener.onLockRetry(operation, retry));
	}

	@Override
	public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
		tell((listener) -> listener.onMigrationFinished(operation, outcome));
	}

	@Override
	public void onMigrationFailed(MigrationOperation operation, MigrationFailedException failure) {
		tell((listener) -> listener.onMigrationFailed(operation, failure));
	}

	@Override
	public void onRunFinished(MigrationReport report) {
		tell((listener) -> listener.onRunFinished(report));
	}

	private void tell(Consumer<MigrationListener> event) {
		for (MigrationListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Exception | LinkageError | AssertionError ex) {
				logger.warn("The listener {} threw an exception, which changes nothing", listener.getClass().getName(),
						ex);
			}
		}
	}

}
