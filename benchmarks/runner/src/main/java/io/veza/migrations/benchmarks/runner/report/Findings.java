package io.veza.migrations.benchmarks.runner.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.proxy.Traffic;
import io.veza.migrations.benchmarks.runner.scenario.Counting;
import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * What the results say of one subject.
 */
final class Findings {

	private final Results results;

	Findings(Results results) {
		this.results = results;
	}

	Figure time(String title, String subject) {
		return figure(title, subject, Reading::nanos);
	}

	/** Of the Flyway that takes less. */
	Figure betterFlyway(String title) {
		return Figure
			.least(List.of(time(title, Contender.FLYWAY.label()), time(title, Contender.FLYWAY_NEWEST.label())));
	}

	Figure allocated(String title, String subject) {
		return figure(title, subject, Reading::allocated);
	}

	/** Round trips beyond connection set-up. */
	Figure roundTrips(String title, Contender contender) {
		return Figure.of(this.results.traffic(Counting.PREFIX + title, contender.label())
			.map(Traffic::roundTripsBeyondSetUp)
			.map(Integer::doubleValue));
	}

	private Figure figure(String title, String subject, ToLongFunction<Reading> value) {
		return new Figure(median(this.results.readings(title, subject, true), value),
				median(this.results.readings(title, subject, false), value));
	}

	private static Optional<Double> median(List<Reading> readings, ToLongFunction<Reading> value) {
		return readings.isEmpty() ? Optional.empty()
				: Optional.of(Statistics.of(readings.stream().map(value::applyAsLong).toList()).median());
	}

}
