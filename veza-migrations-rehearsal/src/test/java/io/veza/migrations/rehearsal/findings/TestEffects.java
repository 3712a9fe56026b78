package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * Builds what a statement of a test did to a relation. Unless told otherwise it has taken
 * an ACCESS EXCLUSIVE lock on a table that was there, and changed nothing.
 */
public final class TestEffects {

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

	private TestEffects(String relation, @Nullable RelationFacts before, @Nullable RelationFacts after) {
		this.relation = relation;
		this.before = before;
		this.after = after;
	}

	public static TestEffects on(RelationFacts facts) {
		return on(facts, facts);
	}

	public static TestEffects on(RelationFacts before, @Nullable RelationFacts after) {
		return new TestEffects(SqlQuoting.identifierIfNeeded(before.schema(), before.name()), before, after);
	}

	public static TestEffects onNew(String relation) {
		TestEffects effects = new TestEffects(relation, null, null);
		effects.existed = false;
		return effects;
	}

	public TestEffects kind(RelationKind kind) {
		this.kind = kind;
		return this;
	}

	public TestEffects lock(LockMode lock) {
		this.lock = lock;
		return this;
	}

	public TestEffects lockHeld() {
		this.lockTaken = false;
		return this;
	}

	public TestEffects rewritten() {
		this.rewritten = true;
		return this;
	}

	public TestEffects truncated() {
		this.truncated = true;
		return this;
	}

	public TestEffects scanned() {
		this.scans = 1;
		return this;
	}

	public TestEffects inserted(long rows) {
		this.inserted = rows;
		return this;
	}

	public TestEffects updated(long rows) {
		this.updated = rows;
		return this;
	}

	public TestEffects deleted(long rows) {
		this.deleted = rows;
		return this;
	}

	public RelationEffect effect() {
		return new RelationEffect(this.relation, this.kind, this.existed, this.lock, this.lockTaken, this.rewritten,
				this.truncated, this.scans, 0, this.inserted, this.updated, this.deleted, this.before, this.after);
	}

}
