package io.veza.migrations.failure;

import java.util.Optional;

import io.veza.migrations.status.RunningOperation;

/**
 * An operation that was refused because this process runs another one.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class OperationRunningException extends MigrationException {

	private final RunningOperation running;

	/**
	 * Create a new instance.
	 * @param running what is running
	 */
	public OperationRunningException(RunningOperation running) {
		super("A " + running.operation().id() + " requested by "
				+ ((running.requestedBy() != null) ? "\"" + running.requestedBy() + "\"" : "the application")
				+ " is running since " + running.since() + ". Wait until it has ended and look again.", null);
		this.running = running;
	}

	/**
	 * Return what is running.
	 * @return the operation
	 */
	public RunningOperation running() {
		return this.running;
	}

	@Override
	public String description() {
		return "Migrations could not run at the start:\n\n" + problem();
	}

	@Override
	public Optional<String> action() {
		return Optional.of("Wait until the operation has ended, then start again.");
	}

	@Override
	public FailureType type() {
		return FailureType.OPERATION_RUNNING;
	}

	@Override
	public int exitCode() {
		return 5;
	}

}
