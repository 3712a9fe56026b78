package io.veza.migrations.engine;

import java.util.List;

import io.veza.migrations.CatalogDifference;

/**
 * Warnings about objects that the migrations of a run have left unfinished: indexes that
 * are INVALID and constraints that are NOT VALID.
 */
final class UnfinishedObjectWarnings {

	private static final String INVALID_INDEX = " is INVALID: no query uses it, and every write maintains it. "
			+ "Drop it and build it again with REINDEX INDEX CONCURRENTLY.";

	private static final String UNCHECKED_CONSTRAINT = " is NOT VALID: rows that were there before were not checked. "
			+ "Run ALTER TABLE … VALIDATE CONSTRAINT in a later migration.";

	private UnfinishedObjectWarnings() {
	}

	/**
	 * Describe objects.
	 * @param objects the objects as the catalogs show them
	 * @return a warning about each of them
	 */
	static List<String> warnings(List<CatalogDifference> objects) {
		return objects.stream().map(UnfinishedObjectWarnings::warning).toList();
	}

	private static String warning(CatalogDifference object) {
		return object.relation() + ": " + object.kind() + " " + object.identity()
				+ (object.kind().equals("index") ? INVALID_INDEX : UNCHECKED_CONSTRAINT);
	}

}
