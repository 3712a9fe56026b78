package io.veza.migrations.benchmarks.runner.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is compared with a target, at the first call in a process and at later ones. What
 * was not measured is missing.
 *
 * @param first the figure of first calls
 * @param later the figure of later calls
 */
record Figure(Optional<Double> first, Optional<Double> later) {

	static final Figure MISSING = new Figure(Optional.empty(), Optional.empty());

	/** Of something that is measured once. */
	static Figure of(Optional<Double> value) {
		return new Figure(value, Optional.empty());
	}

	Figure dividedBy(Figure other) {
		return new Figure(ratio(this.first, other.first), ratio(this.later, other.later));
	}

	Figure minus(Figure other) {
		return new Figure(difference(this.first, other.first), difference(this.later, other.later));
	}

	Figure times(double factor) {
		Function<Double, Double> multiply = (value) -> value * factor;
		return new Figure(this.first.map(multiply), this.later.map(multiply));
	}

	static Figure least(List<Figure> figures) {
		return new Figure(figures.stream().flatMap((figure) -> figure.first.stream()).min(Double::compare),
				figures.stream().flatMap((figure) -> figure.later.stream()).min(Double::compare));
	}

	private static Optional<Double> ratio(Optional<Double> above, Optional<Double> below) {
		return above.flatMap((dividend) -> below.map((divisor) -> dividend / divisor));
	}

	private static Optional<Double> difference(Optional<Double> from, Optional<Double> what) {
		return from.flatMap((whole) -> what.map((part) -> whole - part));
	}

}
