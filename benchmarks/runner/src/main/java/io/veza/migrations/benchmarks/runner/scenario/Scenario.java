package io.veza.migrations.benchmarks.runner.scenario;

/**
 * Something that is measured.
 */
public interface Scenario {

	/**
	 * Return what the command line calls it.
	 * @return the name
	 */
	String name();

	/**
	 * Return whether time is measured, so that the server has to be as it is where data
	 * matters.
	 * @return whether commits have to wait for the disk
	 */
	default boolean isTimed() {
		return true;
	}

	/**
	 * Measure it.
	 * @param bench where and with what
	 * @param results where the readings go
	 * @throws Exception if nothing can be measured; what goes wrong with one tool goes to
	 * the results
	 */
	void run(Bench bench, Results results) throws Exception;

}
