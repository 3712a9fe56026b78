package io.veza.migrations.rehearsal.findings;

import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.RelationFacts.Index;

/**
 * Writes how indexes are made while others use their table.
 */
final class ConcurrentIndex {

	private static final Pattern CREATE = Pattern.compile("^CREATE (UNIQUE )?INDEX ");

	private ConcurrentIndex() {
	}

	/**
	 * Return the statement that builds an index.
	 * @param index the index
	 * @return the statement, with a comment that says where to put it
	 */
	static String create(Index index) {
		return "-- In a migration of its own:\n"
				+ CREATE.matcher(index.definition()).replaceFirst("CREATE $1INDEX CONCURRENTLY ") + ";";
	}

}
