package io.veza.migrations.benchmarks.runner.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.proxy.Traffic;

/**
 * What was measured so far.
 */
public final class Results {

	private final List<Sample> samples = new ArrayList<>();

	private final List<Count> counts = new ArrayList<>();

	private final List<Failure> failures = new ArrayList<>();

	/**
	 * Add the readings of one process, of which the first one is cold.
	 * @param scenario what was measured
	 * @param subject who was measured
	 * @param readings the readings
	 */
	public void add(String scenario, String subject, List<Reading> readings) {
		for (int i = 0; i < readings.size(); i++) {
			this.samples.add(new Sample(scenario, subject, i == 0, readings.get(i)));
		}
	}

	/**
	 * Add what went over the wire.
	 * @param scenario what was counted
	 * @param subject who was counted
	 * @param traffic the traffic
	 */
	public void add(String scenario, String subject, Traffic traffic) {
		this.counts.add(new Count(scenario, subject, traffic));
	}

	/**
	 * Add that something did not work.
	 * @param scenario what was to be measured
	 * @param subject who was to be measured
	 * @param reason why it was not
	 */
	public void fail(String scenario, String subject, String reason) {
		this.failures.add(new Failure(scenario, subject, reason));
	}

	/**
	 * Return whether something did not work before.
	 * @param scenario what was to be measured
	 * @param subject who was to be measured
	 * @return whether it failed
	 */
	public boolean hasFailed(String scenario, String subject) {
		return failure(scenario, subject).isPresent();
	}

	/**
	 * Return why something was not measured.
	 * @param scenario what was to be measured
	 * @param subject who was to be measured
	 * @return the reason
	 */
	public Optional<String> failure(String scenario, String subject) {
		return this.failures.stream()
			.filter((failure) -> failure.scenario.equals(scenario) && failure.subject.equals(subject))
			.map(Failure::reason)
			.findFirst();
	}

	/**
	 * Return what was measured or was to be.
	 * @return the scenarios, in the order of their first appearance
	 */
	public List<String> titles() {
		return Stream
			.of(this.samples.stream().map(Sample::scenario), this.counts.stream().map(Count::scenario),
					this.failures.stream().map(Failure::scenario))
			.flatMap((each) -> each)
			.distinct()
			.toList();
	}

	/**
	 * Return who was measured or was to be.
	 * @param scenario what was measured
	 * @return the subjects, in the order of their first appearance
	 */
	public Set<String> subjects(String scenario) {
		Set<String> subjects = new LinkedHashSet<>();
		Stream
			.of(this.samples.stream().filter((sample) -> sample.scenario.equals(scenario)).map(Sample::subject),
					this.counts.stream().filter((count) -> count.scenario.equals(scenario)).map(Count::subject),
					this.failures.stream().filter((failure) -> failure.scenario.equals(scenario)).map(Failure::subject))
			.flatMap((each) -> each)
			.forEach(subjects::add);
		return subjects;
	}

	/**
	 * Return the readings of first calls, or of later ones.
	 * @param scenario what was measured
	 * @param subject who was measured
	 * @param cold whether first calls are asked for
	 * @return the readings
	 */
	public List<Reading> readings(String scenario, String subject, boolean cold) {
		return this.samples.stream()
			.filter((sample) -> sample.cold == cold && sample.scenario.equals(scenario)
					&& sample.subject.equals(subject))
			.map(Sample::reading)
			.toList();
	}

	/**
	 * Return what went over the wire.
	 * @param scenario what was counted
	 * @param subject who was counted
	 * @return the traffic
	 */
	public Optional<Traffic> traffic(String scenario, String subject) {
		return this.counts.stream()
			.filter((count) -> count.scenario.equals(scenario) && count.subject.equals(subject))
			.map(Count::traffic)
			.findFirst();
	}

	private record Sample(String scenario, String subject, boolean cold, Reading reading) {
	}

	private record Count(String scenario, String subject, Traffic traffic) {
	}

	private record Failure(String scenario, String subject, String reason) {
	}

}
