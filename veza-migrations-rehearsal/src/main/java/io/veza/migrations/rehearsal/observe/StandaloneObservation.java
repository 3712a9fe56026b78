package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.veza.migrations.rehearsal.RelationFacts.Index;
import io.veza.migrations.rehearsal.RelationLook.Seen;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a statement that runs outside of a transaction. Its locks are gone when
 * it ends; they are those that PostgreSQL's documentation names for what the catalogs
 * show (section 13.3): ACCESS EXCLUSIVE for what writes a table into a new file
 * ({@code VACUUM FULL}, {@code CLUSTER}), SHARE on the table of an index that got a new
 * file ({@code REINDEX}), SHARE UPDATE EXCLUSIVE for what is done {@code CONCURRENTLY},
 * which makes new indexes and removes old ones.
 */
final class LoneWindow {

	private final Observer observer;

	private final Seen before;

	private final Map<Long, RelationFacts> facts;

	private LoneWindow(Observer observer, Seen before, Map<Long, RelationFacts> facts) {
		this.observer = observer;
		this.before = before;
		this.facts = facts;
	}

	/**
	 * Begin to look.
	 * @param observer looks
	 * @return the window
	 * @throws SQLException if the server refuses it
	 */
	static LoneWindow open(Observer observer) throws SQLException {
		Seen before = observer.look().all();
		return new LoneWindow(observer, before, observer.facts().read(before.relations().keySet()));
	}

	/**
	 * Look at what the statement did.
	 * @return what it did to each relation that is not as it was
	 * @throws SQLException if the server refuses it
	 */
	List<RelationEffect> afterStatement() throws SQLException {
		Seen after = this.observer.look().all();
		Map<Long, RelationFacts> factsAfter = this.observer.facts().read(this.before.relations().keySet());
		List<RelationEffect> effects = new ArrayList<>();
		for (SeenRelation relation : this.before.relations().values()) {
			SeenRelation now = after.relation(relation.oid());
			RelationFacts facts = factsAfter.get(relation.oid());
			boolean moved = relation.filenode() != now.filenode();
			if (moved || !Objects.equals(this.facts.get(relation.oid()), facts)) {
				effects.add(effect(relation, moved, facts));
			}
		}
		effects.sort(Comparator.comparing(RelationEffect::relation));
		return effects;
	}

	private RelationEffect effect(SeenRelation relation, boolean moved, @Nullable RelationFacts after) {
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
