package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.PartitionedEffects;

/**
 * A lock on a table that was there before, which keeps writers or readers waiting. That
 * on a table which the statement drops is none: nobody is to use it any more. The
 * partitions of a table count as that table.
 *
 * @param statement the statement that took it
 * @param relation the table, by the name that others know
 * @param mode its mode
 */
public record HeavyTableLock(StatementEffect statement, String relation, LockMode mode) {

	private static final Set<RelationKind> TABLES = Set.of(RelationKind.TABLE, RelationKind.PARTITIONED_TABLE,
			RelationKind.MATERIALIZED_VIEW);

	/**
	 * Return the locks that a statement took.
	 * @param section the section of the statement
	 * @param statement the statement
	 * @return the locks
	 */
	static List<HeavyTableLock> of(ObservedSection section, StatementEffect statement) {
		return statement.relations()
			.stream()
			.filter((effect) -> effect.existed() && effect.lockTaken() && effect.lock().blocksWrites())
			.filter((effect) -> TABLES.contains(effect.kind()) && !effect.dropped())
			.map((effect) -> new HeavyTableLock(statement,
					section.knownAs(PartitionedEffects.root(effect, statement.relations())), effect.lock()))
			.toList();
	}

	/**
	 * Return the lock in words.
	 * @return its mode and its table
	 */
	String words() {
		return "%s on \"%s\"".formatted(LockDescription.of(this.mode), this.relation);
	}

}
