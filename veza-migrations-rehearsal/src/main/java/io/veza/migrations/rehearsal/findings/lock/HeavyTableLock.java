package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Set;

import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.RelationKind;
import io.veza.migrations.rehearsal.StatementEffect;

/**
 * A lock on a table that was there before, which keeps writers or readers waiting. That
 * on a table which the statement drops is none: nobody is to use it any more. The
 * partitions of a table count as that table.
 *
 * @param statement the statement that took it
 * @param relation the table, by the name that others know
 * @param mode its mode
 */
record HeavyLock(StatementEffect statement, String relation, LockMode mode) {

	private static final Set<RelationKind> TABLES = Set.of(RelationKind.TABLE, RelationKind.PARTITIONED_TABLE,
			RelationKind.MATERIALIZED_VIEW);

	/**
	 * Return the locks that a statement took.
	 * @param section the section of the statement
	 * @param statement the statement
	 * @return the locks
	 */
	static List<HeavyLock> of(SectionEffects section, StatementEffect statement) {
		return statement.relations()
			.stream()
			.filter((effect) -> effect.existed() && effect.lockTaken() && effect.lock().blocksWrites())
			.filter((effect) -> TABLES.contains(effect.kind()) && !isDropped(effect))
			.map((effect) -> new HeavyLock(statement, section.knownAs(Partitions.root(effect, statement.relations())),
					effect.lock()))
			.toList();
	}

	/**
	 * Return whether a statement drops a relation.
	 * @param effect what it did to the relation
	 * @return whether it does
	 */
	static boolean isDropped(RelationEffect effect) {
		return effect.before() != null && effect.after() == null;
	}

	/**
	 * Return the lock in words.
	 * @return its mode and its table
	 */
	String words() {
		return "%s on \"%s\"".formatted(LockWords.of(this.mode), this.relation);
	}

}
