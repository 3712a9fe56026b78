package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.CatalogDifference;

/**
 * The text that shows differences of the catalogs in a finding: objects before their
 * owners, privileges and comments, and only the first ones.
 */
final class CatalogDifferenceText {

	private static final int MAX_SHOWN = 5;

	private static final int MAX_LENGTH = 160;

	private static final Set<String> FACETS = Set.of("owner", "privileges", "comment");

	private CatalogDifferenceText() {
	}

	/**
	 * Return the differences that are shown.
	 * @param differences the differences
	 * @return the first ones
	 */
	static List<CatalogDifference> shown(List<CatalogDifference> differences) {
		return differences.stream()
			.sorted(Comparator.comparing((difference) -> FACETS.contains(difference.kind())))
			.limit(MAX_SHOWN)
			.toList();
	}

	/**
	 * Return differences in words.
	 * @param differences the differences
	 * @return a line for each that is shown, and how many more there are
	 */
	static String describe(List<CatalogDifference> differences) {
		String lines = shown(differences).stream()
			.map((difference) -> "\n  " + cut(difference.describe().replaceAll("\\s+", " ")))
			.collect(Collectors.joining());
		int more = differences.size() - MAX_SHOWN;
		return (more > 0) ? lines + "\n  and " + more + " more" : lines;
	}

	private static String cut(String text) {
		if (text.codePointCount(0, text.length()) <= MAX_LENGTH) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
	}

}
