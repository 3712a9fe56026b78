package io.veza.migrations.rehearsal.effect;

import java.time.Duration;
import java.util.List;

/**
 * The effect of a statement: its duration, and its effect on each relation.
 *
 * @param number its number in the section, from 1
 * @param sql its text; only the beginning of one that is very long
 * @param line the line in the file on which it starts, from 1
 * @param column the column in that line, from 1
 * @param observation how its locks are known
 * @param duration how long the server needed
 * @param relations what it did to each relation that it has touched
 * @param truncatedNames the notices of PostgreSQL about names that are too long
 */
public record StatementEffect(int number, String sql, int line, int column, Observation observation, Duration duration,
		List<RelationEffect> relations, List<String> truncatedNames) {

	public StatementEffect {
		relations = List.copyOf(relations);
		truncatedNames = List.copyOf(truncatedNames);
	}

	/**
	 * Return whether rows were inserted, updated or deleted.
	 * @return whether any were
	 */
	public boolean writes() {
		return this.relations.stream().anyMatch(RelationEffect::writes);
	}

	/**
	 * The way in which the locks of a statement became known.
	 */
	public enum Observation {

		/** They were looked at while they were held. */
		OBSERVED,

		/**
		 * They were released when the statement ended: they are those that PostgreSQL's
		 * documentation names for what the catalogs say it did.
		 */
		DOCUMENTED

	}

}
