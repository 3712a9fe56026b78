package io.veza.migrations;

/**
 * This process is already running an operation.
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
	public int exitCode() {
		return 5;
	}

}
