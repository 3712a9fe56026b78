package io.veza.migrations.execute.nontransactional;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Facts that the catalogs told before a statement was sent, as the progress table keeps
 * them: a line for each.
 */
final class StatementCatalogFacts {

	private final Map<String, String> facts = new LinkedHashMap<>();

	/**
	 * Read what was kept.
	 * @param text the text
	 * @return the facts
	 */
	static StatementCatalogFacts parse(String text) {
		StatementCatalogFacts before = new StatementCatalogFacts();
		text.lines()
			.map((line) -> line.split("=", 2))
			.filter((parts) -> parts.length == 2)
			.forEach((parts) -> before.with(parts[0], parts[1]));
		return before;
	}

	StatementCatalogFacts with(String fact, @Nullable String value) {
		if (value != null) {
			this.facts.put(fact, value);
		}
		return this;
	}

	StatementCatalogFacts with(String fact, Collection<Long> oids) {
		return with(fact, oids.stream().map(String::valueOf).collect(Collectors.joining(",")));
	}

	@Nullable String get(String fact) {
		return this.facts.get(fact);
	}

	boolean has(String fact) {
		return this.facts.containsKey(fact);
	}

	Set<Long> oids(String fact) {
		Set<Long> oids = new LinkedHashSet<>();
		String value = this.facts.getOrDefault(fact, "");
		Arrays.stream(value.split(",")).filter((oid) -> !oid.isEmpty()).map(Long::valueOf).forEach(oids::add);
		return oids;
	}

	@Override
	public String toString() {
		return this.facts.entrySet()
			.stream()
			.map((fact) -> fact.getKey() + "=" + fact.getValue())
			.collect(Collectors.joining("\n"));
	}

}
