package io.veza.migrations.benchmarks.runner.process;

/**
 * A process did not do what was to be measured.
 */
public final class MeasurementFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new instance.
	 * @param message what is wrong, and what to do
	 */
	public MeasurementFailedException(String message) {
		super(message);
	}

}
