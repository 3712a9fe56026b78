package io.veza.migrations.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.veza.migrations.crash.Hit.Moment;

/**
 * Where strikes have hit, and what the next start made of it.
 */
final class CrashReport {

	private static final String ROW = "%-36s %-14s %8s %11s %7s%n";

	private final long seed;

	private final List<Scenario.Outcome> outcomes = new ArrayList<>();

	CrashReport(long seed) {
		this.seed = seed;
	}

	void add(Scenario.Outcome outcome) {
		this.outcomes.add(outcome);
	}

	int strikes(Strike strike) {
		return (int) hits().stream().filter((hit) -> hit.strike() == strike).count();
	}

	int killsAround(Phase phase) {
		return (int) hits().stream().filter((hit) -> hit.strike() == Strike.KILL && hit.around(phase)).count();
	}

	private List<Hit> hits() {
		return this.outcomes.stream().flatMap((outcome) -> outcome.hits().stream()).toList();
	}

	/**
	 * Return after how many scenarios the database was not as it should be.
	 * @return the number
	 */
	int failures() {
		return (int) this.outcomes.stream().filter((outcome) -> !outcome.equal()).count();
	}

	@Override
	public String toString() {
		Map<String, List<Hit>> rows = hits().stream()
			.sorted(Comparator.comparing(Hit::strike))
			.collect(Collectors.groupingBy((hit) -> "%-36s %-14s".formatted(hit.strike(), name(hit)), TreeMap::new,
					Collectors.toList()));
		StringBuilder table = new StringBuilder("Crashes with seed " + this.seed + "\n");
		table.append(ROW.formatted("strike", "phase", "in it", "just after", "later"));
		rows.forEach((row, hits) -> table.append("%s %8d %11d %7d%n".formatted(row, count(hits, Moment.IN_IT),
				count(hits, Moment.JUST_AFTER), count(hits, Moment.LATER))));
		long waited = this.outcomes.stream().filter(Scenario.Outcome::waited).count();
		return table + "%d scenarios; in %d the next start waited for a backend that was left; %d failed"
			.formatted(this.outcomes.size(), waited, failures());
	}

	private static String name(Hit hit) {
		return (hit.phase() != null) ? hit.phase().id() : "start";
	}

	private static long count(List<Hit> hits, Moment moment) {
		return hits.stream().filter((hit) -> hit.moment() == moment).count();
	}

}
