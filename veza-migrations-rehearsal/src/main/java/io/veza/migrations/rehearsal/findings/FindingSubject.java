package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.SuspectRow;

/**
 * A rehearsed migration with all observations that rules need.
 *
 * @param rehearsed the migration
 * @param created what its UP has created
 * @param suspects rows that its UP has inserted and that look like tests
 * @param referenceTables the tables that hold reference data, as SQL writes them, with or
 * without their schema
 */
public record FindingSubject(RehearsedMigration rehearsed, List<CreatedObject> created, List<SuspectRow> suspects,
		Set<String> referenceTables) {

	public FindingSubject {
		created = List.copyOf(created);
		suspects = List.copyOf(suspects);
		referenceTables = Set.copyOf(referenceTables);
	}

}
