package io.veza.migrations.benchmarks.runner.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Repeats a measurement with everyone, each round beginning with another one. Who fails
 * is reported once and then left out.
 */
final class Rounds {

	private final Bench bench;

	private final Results results;

	Rounds(Bench bench, Results results) {
		this.bench = bench;
		this.results = results;
	}

	<T> void run(String scenario, int rounds, List<T> subjects, Function<T, String> label, Measurement<T> measurement) {
		for (int round = 0; round < rounds; round++) {
			List<T> order = new ArrayList<>(subjects);
			Collections.rotate(order, -round);
			for (T subject : order) {
				if (!this.results.hasFailed(scenario, label.apply(subject))) {
					this.bench
						.progress(scenario + ", round " + (round + 1) + " of " + rounds + ": " + label.apply(subject));
					run(scenario, label.apply(subject), subject, measurement);
				}
			}
		}
	}

	private <T> void run(String scenario, String label, T subject, Measurement<T> measurement) {
		try {
			measurement.run(subject);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (Exception ex) {
			String reason = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			this.bench.progress(label + " failed: " + reason);
			this.results.fail(scenario, label, reason);
		}
	}

	/**
	 * What is repeated.
	 *
	 * @param <T> what is measured
	 */
	interface Measurement<T> {

		void run(T subject) throws Exception;

	}

}
