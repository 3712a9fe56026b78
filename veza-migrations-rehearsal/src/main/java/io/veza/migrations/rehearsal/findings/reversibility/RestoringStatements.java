package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.CatalogDifference;

/**
 * The statements that a DOWN lacks, as far as the definitions tell.
 */
final class RestoringStatements {

	private static final Set<String> DROPPED_BY_NAME = Set.of("schema", "table", "foreign table", "view",
			"materialized view", "sequence", "index", "function", "procedure", "aggregate", "type", "domain");

	private RestoringStatements() {
	}

	/**
	 * Return the statements.
	 * @param differences how it was before the UP and how it is after the DOWN
	 * @return a statement or a comment for each
	 */
	static String of(List<CatalogDifference> differences) {
		return differences.stream().map(RestoringStatements::statement).collect(Collectors.joining("\n"));
	}

	private static String statement(CatalogDifference difference) {
		if (difference.before() == null) {
			return drop(difference);
		}
		String create = create(difference, difference.before());
		boolean replaces = create.startsWith("--") || create.startsWith("CREATE OR REPLACE");
		return (difference.after() == null || replaces) ? create : drop(difference) + "\n" + create;
	}

	private static String drop(CatalogDifference difference) {
		String kind = difference.kind().toUpperCase(Locale.ROOT);
		if (DROPPED_BY_NAME.contains(difference.kind())) {
			return "DROP %s %s;".formatted(kind, difference.identity());
		}
		return switch (difference.kind()) {
			case "column", "constraint" ->
				"ALTER TABLE %s DROP %s %s;".formatted(difference.relation(), kind, ownName(difference));
			case "trigger" -> "DROP TRIGGER %s ON %s;".formatted(ownName(difference), difference.relation());
			default -> "-- take back: %s %s".formatted(difference.kind(), difference.identity());
		};
	}

	private static String create(CatalogDifference difference, String definition) {
		return switch (difference.kind()) {
			case "index", "trigger", "function", "procedure" -> definition + ";";
			case "constraint" -> "ALTER TABLE %s ADD CONSTRAINT %s %s;".formatted(difference.relation(),
					ownName(difference), definition);
			case "view" -> "CREATE OR REPLACE VIEW %s %s;".formatted(difference.identity(), definition);
			default -> "-- make it again as it was: %s %s: %s".formatted(difference.kind(), difference.identity(),
					definition.replace("\n", "\n-- "));
		};
	}

	private static String ownName(CatalogDifference difference) {
		int relation = (difference.relation() != null) ? difference.relation().length() + 1 : 0;
		return difference.identity().substring(relation);
	}

}
