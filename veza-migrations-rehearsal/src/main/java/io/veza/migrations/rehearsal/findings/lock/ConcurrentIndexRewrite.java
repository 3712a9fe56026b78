package io.veza.migrations.rehearsal.findings.lock;

import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.effect.RelationFacts.Index;

/**
 * The statements that build an index while others use its table.
 */
final class ConcurrentIndexRewrite {

	private static final Pattern CREATE = Pattern.compile("^CREATE (UNIQUE )?INDEX ");

	private ConcurrentIndexRewrite() {
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
