package io.veza.migrations.rehearsal.effect;

import org.jspecify.annotations.Nullable;

/**
 * The effect of a statement on a relation, as PostgreSQL reports it.
 *
 * @param relation its name with its schema, as SQL writes it, before the statement if it
 * was there
 * @param kind what it is
 * @param existed whether it was there before the section began
 * @param lock the strongest lock that the transaction holds on it after the statement
 * @param lockTaken whether the statement took that lock
 * @param rewritten whether its rows were written into a new file
 * @param truncated whether it got an empty file
 * @param scans how often it was read from its first row to its last
 * @param rowsRead the rows that such scans returned
 * @param rowsInserted the rows inserted
 * @param rowsUpdated the rows updated
 * @param rowsDeleted the rows deleted
 * @param before how it looked before the statement, {@code null} if it was not there
 * before the section, or is no table
 * @param after how it looks after the statement, {@code null} if it is gone, was not
 * there before the section, or is no table
 */
public record RelationEffect(String relation, RelationKind kind, boolean existed, LockMode lock, boolean lockTaken,
		boolean rewritten, boolean truncated, long scans, long rowsRead, long rowsInserted, long rowsUpdated,
		long rowsDeleted, @Nullable RelationFacts before, @Nullable RelationFacts after) {

	/**
	 * Return whether rows were inserted, updated or deleted.
	 * @return whether any were
	 */
	public boolean writes() {
		return this.rowsInserted + this.rowsUpdated + this.rowsDeleted > 0;
	}

	/**
	 * Return whether the statement dropped the table.
	 * @return whether it is gone
	 */
	public boolean dropped() {
		return this.before != null && this.after == null;
	}

}
