package io.veza.migrations.benchmarks.runner.report;

import java.util.Collection;

/**
 * What several readings of the same say.
 *
 * @param median the one in the middle
 * @param min the least
 * @param max the greatest
 */
public record Statistics(double median, double min, double max) {

	/**
	 * Look at readings.
	 * @param values the readings, at least one
	 * @return what they say
	 */
	public static Statistics of(Collection<? extends Number> values) {
		double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
		if (sorted.length == 0) {
			throw new IllegalArgumentException("There are no readings. Measure at least once.");
		}
		int middle = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		return new Statistics(median, sorted[0], sorted[sorted.length - 1]);
	}

	/**
	 * Return how many times as much this is as something else.
	 * @param other the other
	 * @return the ratio of the medians
	 */
	public double ratioTo(Statistics other) {
		return this.median / other.median;
	}

}
