package io.veza.migrations.benchmarks.runner.report;

import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * A target of this project.
 *
 * @param text what it is about
 * @param limit the limit
 * @param upper whether it is an upper limit
 * @param figure what was measured
 * @param format how to write figures
 */
record Goal(String text, double limit, boolean upper, Figure figure, DoubleFunction<String> format) {

	static Goal atMost(String text, double limit, Figure figure, DoubleFunction<String> format) {
		return new Goal(text, limit, true, figure, format);
	}

	static Goal atLeast(String text, double limit, Figure figure, DoubleFunction<String> format) {
		return new Goal(text, limit, false, figure, format);
	}

	String[] row() {
		return new String[] { this.text, (this.upper ? "≤ " : "≥ ") + this.format.apply(this.limit),
				text(this.figure.first()), text(this.figure.later()), verdict() };
	}

	String verdict() {
		Optional<Boolean> first = this.figure.first().map(this::isMet);
		Optional<Boolean> later = this.figure.later().map(this::isMet);
		if (first.isEmpty() && later.isEmpty()) {
			return "not measured";
		}
		if (first.orElse(true) && later.orElse(true)) {
			return "met";
		}
		if (!first.orElse(false) && !later.orElse(false)) {
			return "**not met**";
		}
		return first.orElse(false) ? "met by first calls only" : "met by later calls only";
	}

	private boolean isMet(double value) {
		return this.upper ? value <= this.limit : value >= this.limit;
	}

	private String text(Optional<Double> value) {
		return value.map((number) -> this.format.apply(number)).orElse("–");
	}

}
