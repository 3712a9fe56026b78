package io.veza.migrations.rehearsal.effect;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Migration;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.Reversibility;
import org.jspecify.annotations.Nullable;

/**
 * A migration that was rehearsed.
 *
 * @param migration the migration
 * @param reversibility whether its DOWN restores the schema
 * @param up the first UP
 * @param down the DOWN, {@code null} if it was not run
 * @param again the second UP, {@code null} if it was not run
 * @param notRestored what the DOWN has not restored: {@code before} is how it was before
 * the UP, {@code after} how it is after the DOWN
 * @param data the rows that UP and DOWN together have changed
 * @param secondTime whether the second UP did what the first one did
 * @param kinds the kinds of change
 * @param findings what was found, the most severe ones first
 */
public record RehearsedMigration(Migration migration, Reversibility reversibility, RehearsedSection up,
		@Nullable RehearsedSection down, @Nullable RehearsedSection again, List<CatalogDifference> notRestored,
		List<RowDifference> data, SecondTime secondTime, Set<ChangeKind> kinds, List<RehearsalFinding> findings) {

	public RehearsedMigration {
		notRestored = List.copyOf(notRestored);
		data = List.copyOf(data);
		kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
		findings = List.copyOf(findings);
	}

	/**
	 * Return this migration with what was found.
	 * @param findings the findings
	 * @return the migration
	 */
	public RehearsedMigration with(List<RehearsalFinding> findings) {
		return new RehearsedMigration(this.migration, this.reversibility, this.up, this.down, this.again,
				this.notRestored, this.data, this.secondTime, this.kinds, findings);
	}

	/**
	 * The outcome of the second UP.
	 */
	public enum SecondTime {

		/** It did what the first one did. */
		SAME,

		/** It left something else. */
		DIFFERENT,

		/** It failed. */
		FAILED,

		/** It was not run. */
		NOT_RUN

	}

	/**
	 * The four types of migrations that the guide names.
	 */
	public enum ChangeKind {

		/** Tables, columns, functions and all else that has a definition. */
		SCHEMA,

		/** Rows. */
		DATA,

		/** Indexes. */
		INDEX,

		/** Constraints. */
		CONSTRAINT

	}

}
