package io.veza.migrations.rehearsal.findings;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationKind;

/**
 * Builds what a statement of a test did to a relation. Unless told otherwise it has taken
 * an ACCESS EXCLUSIVE lock on a table that was there, and changed nothing.
 */
final class Effects {

	private final String relation;

	private final @Nullable RelationFacts before;

	private final @Nullable RelationFacts after;

	private RelationKind kind = RelationKind.TABLE;

	private LockMode lock = LockMode.ACCESS_EXCLUSIVE;

	private boolean existed = true;

	private boolean lockTaken = true;

	private boolean rewritten;

	private boolean truncated;

	private long scans;

	private long inserted;

	private long updated;

	private long deleted;

	private Effects(String relation, @Nullable RelationFacts before, @Nullable RelationFacts after) {
		this.relation = relation;
		this.before = before;
		this.after = after;
	}

	static Effects on(RelationFacts facts) {
		return on(facts, facts);
	}

	static Effects on(RelationFacts before, @Nullable RelationFacts after) {
		return new Effects(Identifier.of(before.schema(), before.name()), before, after);
	}

	static Effects onNew(String relation) {
		Effects effects = new Effects(relation, null, null);
		effects.existed = false;
		return effects;
	}

	Effects kind(RelationKind kind) {
		this.kind = kind;
		return this;
	}

	Effects lock(LockMode lock) {
		this.lock = lock;
		return this;
	}

	Effects lockHeld() {
		this.lockTaken = false;
		return this;
	}

	Effects rewritten() {
		this.rewritten = true;
		return this;
	}

	Effects truncated() {
		this.truncated = true;
		return this;
	}

	Effects scanned() {
		this.scans = 1;
		return this;
	}

	Effects inserted(long rows) {
		this.inserted = rows;
		return this;
	}

	Effects updated(long rows) {
		this.updated = rows;
		return this;
	}

	Effects deleted(long rows) {
		this.deleted = rows;
		return this;
	}

	RelationEffect effect() {
		return new RelationEffect(this.relation, this.kind, this.existed, this.lock, this.lockTaken, this.rewritten,
				this.truncated, this.scans, 0, this.inserted, this.updated, this.deleted, this.before, this.after);
	}

}
