package io.veza.migrations.rehearsal.observe;

import java.util.List;
import java.util.Set;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Reversibility;

/**
 * The verdict on the differences between the schema that an UP has found and the one that
 * its DOWN has left.
 */
public final class SchemaRestoration {

	private static final Set<String> ROUTINES = Set.of("function", "procedure");

	private SchemaRestoration() {
	}

	/**
	 * Judge differences.
	 * @param differences what differs
	 * @return the verdict
	 */
	public static Reversibility of(List<CatalogDifference> differences) {
		if (differences.isEmpty()) {
			return Reversibility.EXACT;
		}
		if (differences.stream().allMatch(SchemaRestoration::isColumnOrder)) {
			return Reversibility.EXCEPT_COLUMN_ORDER;
		}
		return differences.stream().allMatch(SchemaRestoration::isWhiteSpace) ? Reversibility.EXCEPT_WHITE_SPACE
				: Reversibility.NO;
	}

	private static boolean isColumnOrder(CatalogDifference difference) {
		return CatalogDifference.COLUMN_ORDER.equals(difference.kind());
	}

	private static boolean isWhiteSpace(CatalogDifference difference) {
		return ROUTINES.contains(difference.kind()) && difference.before() != null && difference.after() != null
				&& withoutWhiteSpace(difference.before()).equals(withoutWhiteSpace(difference.after()));
	}

	private static String withoutWhiteSpace(String definition) {
		return definition.replaceAll("\\s+", "");
	}

}
