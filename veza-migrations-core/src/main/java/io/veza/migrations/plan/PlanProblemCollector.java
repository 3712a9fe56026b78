package io.veza.migrations.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.veza.migrations.MigrationVersion;

/**
 * A collector of the findings of a planner: first those of the whole plan, then the
 * others in the order of versions.
 *
 * @param <T> problems or warnings
 */
final class PlanProblemCollector<T> {

	private final List<T> ofTheWhole = new ArrayList<>();

	private final SortedMap<MigrationVersion, List<T>> byVersion = new TreeMap<>();

	void add(T finding) {
		this.ofTheWhole.add(finding);
	}

	void add(MigrationVersion version, T finding) {
		this.byVersion.computeIfAbsent(version, (key) -> new ArrayList<>()).add(finding);
	}

	List<T> toList() {
		List<T> all = new ArrayList<>(this.ofTheWhole);
		this.byVersion.values().forEach(all::addAll);
		return all;
	}

}
