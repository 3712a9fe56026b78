package io.veza.migrations.rehearsal.observe;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.observe.RelationReader.RelationSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The observation of one transaction, statement by statement: locks, counters and
 * definitions are read inside of it.
 */
public final class TransactionObservation {

	private final RelationReader relations;

	private final RelationFactsReader factsReader;

	private final CommittedStateReader observer;

	private final RelationSnapshot beginning;

	private final Map<Long, ObservedRelation> last = new HashMap<>();

	private final Map<Long, RelationFacts> facts = new HashMap<>();

	private final Set<Long> strong = new HashSet<>();

	private long sharedWrites;

	private TransactionObservation(RelationReader relations, RelationFactsReader factsReader,
			CommittedStateReader observer, RelationSnapshot beginning) {
		this.relations = relations;
		this.factsReader = factsReader;
		this.observer = observer;
		this.beginning = beginning;
		this.sharedWrites = beginning.sharedWrites();
	}

	/**
	 * Begin to observe a transaction.
	 * @param relations reads the relations in the session of the transaction
	 * @param facts reads their facts in the session of the transaction
	 * @param observer looks at what was there before it
	 * @return the observation
	 * @throws SQLException if the server refuses it
	 */
	public static TransactionObservation open(RelationReader relations, RelationFactsReader facts,
			CommittedStateReader observer) throws SQLException {
		return new TransactionObservation(relations, facts, observer, relations.all());
	}

	/**
	 * Look at what a statement did.
	 * @return what it did to each relation that it has touched
	 * @throws SQLException if the server refuses it
	 */
	public StatementObservation afterStatement() throws SQLException {
		RelationSnapshot seen = this.relations.locked();
		Map<Long, RelationFacts> fresh = this.observer.facts().read(locked(seen));
		Map<Long, RelationFacts> factsAfter = this.factsReader.read(this.strong);
		fresh.forEach((oid, before) -> this.facts.put(oid, before.definedAs(factsAfter.get(oid))));
		List<RelationEffect> effects = new ArrayList<>();
		for (ObservedRelation relation : seen.relations().values()) {
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
		return new StatementObservation(effects, written > 0);
	}

	/**
	 * Return whether something was written to what belongs to the whole server since the
	 * last observation.
	 * @return whether it was
	 * @throws SQLException if the server refuses it
	 */
	public boolean concernsTheServer() throws SQLException {
		return this.relations.sharedWrites() > this.sharedWrites;
	}

	/** Tables that the transaction has locked now for the first time. */
	private List<Long> locked(RelationSnapshot seen) {
		return seen.relations()
			.values()
			.stream()
			.filter((relation) -> existed(relation) && isStrong(relation))
			.map(ObservedRelation::oid)
			.filter(this.strong::add)
			.toList();
	}

	private @Nullable RelationEffect effect(ObservedRelation now, @Nullable RelationFacts factsBefore,
			@Nullable RelationFacts factsAfter) {
		boolean existed = existed(now);
		ObservedRelation before = this.last.getOrDefault(now.oid(), this.beginning.relation(now.oid()));
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

	private static boolean isWorthTelling(RelationEffect effect, ObservedRelation before, ObservedRelation now) {
		boolean facts = effect.before() != null && !effect.before().equals(effect.after());
		boolean locked = effect.lockTaken() && effect.lock() != LockMode.ACCESS_SHARE;
		boolean gone = before.kind() != null && now.kind() == null;
		return locked || facts || gone || effect.writes() || effect.scans() > 0 || effect.rewritten()
				|| effect.truncated();
	}

	private boolean existed(ObservedRelation relation) {
		return this.beginning.relations().containsKey(relation.oid());
	}

	private static boolean isStrong(ObservedRelation relation) {
		return relation.strongest().compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) >= 0;
	}

	/** A relation that is gone has no counters any more. */
	private static long since(long now, long before) {
		return Math.max(0, now - before);
	}

	/**
	 * The observation after a statement.
	 *
	 * @param effects what the statement did to each relation that it has touched
	 * @param clusterWide whether it wrote to what belongs to the whole server
	 */
	public record StatementObservation(List<RelationEffect> effects, boolean clusterWide) {

		public StatementObservation {
			effects = List.copyOf(effects);
		}

	}

}
