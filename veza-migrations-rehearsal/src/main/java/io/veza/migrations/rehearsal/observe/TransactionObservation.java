package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.rehearsal.RelationLook.Seen;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one transaction, statement by statement.
 */
final class TransactionWindow {

	private final WorkSession work;

	private final Observer observer;

	private final Seen beginning;

	private final Map<Long, SeenRelation> last = new HashMap<>();

	private final Map<Long, RelationFacts> facts = new HashMap<>();

	private final Set<Long> strong = new HashSet<>();

	private long sharedWrites;

	private TransactionWindow(WorkSession work, Observer observer, Seen beginning) {
		this.work = work;
		this.observer = observer;
		this.beginning = beginning;
		this.sharedWrites = beginning.sharedWrites();
	}

	/**
	 * Begin to look at a transaction.
	 * @param work the session, in the transaction
	 * @param observer looks at what was there before it
	 * @return the window
	 * @throws SQLException if the server refuses it
	 */
	static TransactionWindow open(WorkSession work, Observer observer) throws SQLException {
		return new TransactionWindow(work, observer, work.look().all());
	}

	/**
	 * Look at what a statement did.
	 * @return what it did to each relation that it has touched
	 * @throws SQLException if the server refuses it
	 */
	Look afterStatement() throws SQLException {
		Seen seen = this.work.look().locked();
		Map<Long, RelationFacts> fresh = this.observer.facts().read(locked(seen));
		Map<Long, RelationFacts> factsAfter = this.work.facts().read(this.strong);
		fresh.forEach((oid, before) -> this.facts.put(oid, before.definedAs(factsAfter.get(oid))));
		List<RelationEffect> effects = new ArrayList<>();
		for (SeenRelation relation : seen.relations().values()) {
			RelationEffect effect = effect(relation, this.facts.get(relation.oid()), factsAfter.get(relation.oid()));
			if (effect != null) {
				effects.add(effect);
			}
		}
		effects.sort(Comparator.comparing(RelationEffect::relation));
		this.last.putAll(seen.relations());
		this.facts.keySet().retainAll(factsAfter.keySet());
		this.facts.putAll(factsAfter);
		long written = seen.sharedWrites() - this.sharedWrites;
		this.sharedWrites = seen.sharedWrites();
		return new Look(effects, written > 0);
	}

	/**
	 * Return whether something was written to what belongs to the whole server since the
	 * last look.
	 * @return whether it was
	 * @throws SQLException if the server refuses it
	 */
	boolean concernsTheServer() throws SQLException {
		return this.work.look().sharedWrites() > this.sharedWrites;
	}

	/** Tables that the transaction has locked now for the first time. */
	private List<Long> locked(Seen seen) {
		return seen.relations()
			.values()
			.stream()
			.filter((relation) -> existed(relation) && isStrong(relation))
			.map(SeenRelation::oid)
			.filter(this.strong::add)
			.toList();
	}

	private @Nullable RelationEffect effect(SeenRelation now, @Nullable RelationFacts factsBefore,
			@Nullable RelationFacts factsAfter) {
		boolean existed = existed(now);
		SeenRelation before = this.last.getOrDefault(now.oid(), this.beginning.relation(now.oid()));
		RelationKind kind = (now.kind() != null) ? now.kind() : before.kind();
		if (kind == null) {
			return null;
		}
		boolean taken = now.strongest().compareTo(before.strongest()) > 0 || before.modes().isEmpty();
		boolean moved = existed && now.kind() != null && now.filenode() != before.filenode();
		boolean truncated = moved && factsAfter != null && now.isTruncatedSince(before, factsAfter.indexes().size());
		RelationEffect effect = new RelationEffect((existed || now.kind() == null) ? before.name() : now.name(), kind,
				existed, now.strongest(), taken, moved && !truncated, truncated, since(now.scans(), before.scans()),
				since(now.rowsRead(), before.rowsRead()), since(now.inserted(), before.inserted()),
				since(now.updated(), before.updated()), since(now.deleted(), before.deleted()), factsBefore,
				factsAfter);
		return isWorthTelling(effect, before, now) ? effect : null;
	}

	private static boolean isWorthTelling(RelationEffect effect, SeenRelation before, SeenRelation now) {
		boolean facts = effect.before() != null && !effect.before().equals(effect.after());
		boolean locked = effect.lockTaken() && effect.lock() != LockMode.ACCESS_SHARE;
		boolean gone = before.kind() != null && now.kind() == null;
		return locked || facts || gone || effect.writes() || effect.scans() > 0 || effect.rewritten()
				|| effect.truncated();
	}

	private boolean existed(SeenRelation relation) {
		return this.beginning.relations().containsKey(relation.oid());
	}

	private static boolean isStrong(SeenRelation relation) {
		return relation.strongest().compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0;
	}

	/** A relation that is gone has no counters any more. */
	private static long since(long now, long before) {
		return Math.max(0, now - before);
	}

	/**
	 * What a look after a statement has shown.
	 *
	 * @param effects what the statement did to each relation that it has touched
	 * @param clusterWide whether it wrote to what belongs to the whole server
	 */
	record Look(List<RelationEffect> effects, boolean clusterWide) {

		Look {
			effects = List.copyOf(effects);
		}

	}

}
