package io.veza.migrations.rehearsal.observe;

import java.util.Set;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationKind;
import org.jspecify.annotations.Nullable;

/**
 * A relation as the catalogs, the counters and the locks of a session show it.
 *
 * @param oid its identifier
 * @param kind what it is, {@code null} if it is gone
 * @param name its name with its schema, as SQL writes it; empty if it is gone
 * @param modes the locks that the session holds on it
 * @param filenode the number of its file, which changes when it is truncated or rewritten
 * @param tablespace the identifier of its tablespace, 0 for that of the database
 * @param counted whether its rows were ever counted; a truncated table starts anew
 * @param scans how often it was read from its first row to its last
 * @param rowsRead the rows that such scans returned
 * @param inserted the rows inserted
 * @param updated the rows updated
 * @param deleted the rows deleted
 */
record ObservedRelation(long oid, @Nullable RelationKind kind, String name, Set<LockMode> modes, long filenode,
		long tablespace, boolean counted, long scans, long rowsRead, long inserted, long updated, long deleted) {

	/** The value of a counter of a relation that was not there. */
	static final ObservedRelation NONE = new ObservedRelation(0, null, "", Set.of(), 0, 0, false, 0, 0, 0, 0, 0);

	ObservedRelation {
		modes = Set.copyOf(modes);
	}

	LockMode strongest() {
		return this.modes.stream().max(LockMode::compareTo).orElse(LockMode.ACCESS_SHARE);
	}

	/**
	 * Return whether the table got an empty file, and not one with its rows. Whatever
	 * copies the rows reads them, moves them to another tablespace or counts them; a
	 * truncation only builds each index again.
	 * @param before how it was before
	 * @param indexes the number of its indexes
	 * @return whether it was truncated
	 */
	boolean isTruncatedSince(ObservedRelation before, int indexes) {
		return this.kind == RelationKind.TABLE && this.filenode != before.filenode && !this.counted
				&& this.tablespace == before.tablespace && this.scans - before.scans <= indexes;
	}

}
