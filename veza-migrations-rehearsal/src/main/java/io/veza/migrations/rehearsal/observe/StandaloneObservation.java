package io.veza.migrations.rehearsal.observe;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.observe.RelationReader.RelationSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The observation of a statement that runs outside of a transaction. Its locks are gone
 * when it ends, so they are derived from what PostgreSQL's documentation says about the
 * changes that the catalogs show (section 13.3): ACCESS EXCLUSIVE if a table was written
 * into a new file ({@code VACUUM FULL}, {@code CLUSTER}), SHARE on the table of an index
 * that was written into a new file ({@code REINDEX}), SHARE UPDATE EXCLUSIVE for what is
 * done {@code CONCURRENTLY}, which makes new indexes and removes old ones.
 */
public final class StandaloneObservation {

	private final CommittedStateReader observer;

	private final RelationSnapshot before;

	private final Map<Long, RelationFacts> facts;

	private StandaloneObservation(CommittedStateReader observer, RelationSnapshot before,
			Map<Long, RelationFacts> facts) {
		this.observer = observer;
		this.before = before;
		this.facts = facts;
	}

	/**
	 * Begin to observe.
	 * @param observer looks
	 * @return the observation
	 * @throws SQLException if the server refuses it
	 */
	public static StandaloneObservation open(CommittedStateReader observer) throws SQLException {
		RelationSnapshot before = observer.relationReader().all();
		return new StandaloneObservation(observer, before, observer.facts().read(before.relations().keySet()));
	}

	/**
	 * Look at what the statement did.
	 * @return what it did to each relation that is not as it was
	 * @throws SQLException if the server refuses it
	 */
	public List<RelationEffect> afterStatement() throws SQLException {
		RelationSnapshot after = this.observer.relationReader().all();
		Map<Long, RelationFacts> factsAfter = this.observer.facts().read(this.before.relations().keySet());
		List<RelationEffect> effects = new ArrayList<>();
		for (ObservedRelation relation : this.before.relations().values()) {
			ObservedRelation now = after.relation(relation.oid());
			RelationFacts facts = factsAfter.get(relation.oid());
			boolean moved = relation.filenode() != now.filenode();
			if (moved || !Objects.equals(this.facts.get(relation.oid()), facts)) {
				effects.add(effect(relation, moved, facts));
			}
		}
		effects.sort(Comparator.comparing(RelationEffect::relation));
		return effects;
	}

	private RelationEffect effect(ObservedRelation relation, boolean moved, @Nullable RelationFacts after) {
		RelationFacts was = this.facts.get(relation.oid());
		LockMode lock = moved ? LockMode.ACCESS_EXCLUSIVE
				: rebuilt(was, after) ? LockMode.SHARE : LockMode.SHARE_UPDATE_EXCLUSIVE;
		RelationKind kind = (relation.kind() != null) ? relation.kind() : RelationKind.TABLE;
		return new RelationEffect(relation.name(), kind, true, lock, true, moved, false, 0, 0, 0, 0, 0, was, after);
	}

	private static boolean rebuilt(@Nullable RelationFacts before, @Nullable RelationFacts after) {
		if (before == null || after == null) {
			return false;
		}
		return before.indexes()
			.stream()
			.anyMatch((index) -> after.index(index.oid()).map(Index::filenode).orElse(index.filenode()) != index
				.filenode());
	}

}
