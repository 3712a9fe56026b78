package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a statement on partitioned tables, which hold no rows themselves,
 * together with those on their partitions.
 */
public final class PartitionedEffects {

	private PartitionedEffects() {
	}

	/**
	 * Return effects of which those on partitioned tables include what happened to their
	 * partitions under the same lock.
	 * @param effects the effects of a statement
	 * @return the effects, in their order
	 */
	public static List<RelationEffect> withParents(List<RelationEffect> effects) {
		return effects.stream().map((effect) -> withPartitions(effect, effects)).toList();
	}

	/**
	 * Return the partitioned table that a table is a partition of.
	 * @param effect what happened to the table
	 * @return its parent, {@code null} if it is no partition
	 */
	public static @Nullable String parent(RelationEffect effect) {
		RelationFacts facts = (effect.before() != null) ? effect.before() : effect.after();
		return (facts != null) ? facts.parent() : null;
	}

	/**
	 * Return the partitioned table that a table is a part of, through all levels that the
	 * statement touches.
	 * @param effect what happened to the table
	 * @param effects the effects of the statement
	 * @return its name, that of the table itself if it is no partition
	 */
	public static String root(RelationEffect effect, List<RelationEffect> effects) {
		String parent = parent(effect);
		if (parent == null) {
			return effect.relation();
		}
		return effects.stream()
			.filter((other) -> other.relation().equals(parent))
			.findFirst()
			.map((other) -> root(other, effects))
			.orElse(parent);
	}

	private static RelationEffect withPartitions(RelationEffect effect, List<RelationEffect> effects) {
		if (effect.kind() != RelationKind.PARTITIONED_TABLE) {
			return effect;
		}
		List<RelationEffect> all = Stream.concat(Stream.of(effect), below(effect.relation(), effects))
			.filter((other) -> other.lock() == effect.lock() && other.lockTaken() == effect.lockTaken())
			.toList();
		return new RelationEffect(effect.relation(), effect.kind(), effect.existed(), effect.lock(), effect.lockTaken(),
				all.stream().anyMatch(RelationEffect::rewritten), all.stream().anyMatch(RelationEffect::truncated),
				all.stream().mapToLong(RelationEffect::scans).sum(),
				all.stream().mapToLong(RelationEffect::rowsRead).sum(),
				all.stream().mapToLong(RelationEffect::rowsInserted).sum(),
				all.stream().mapToLong(RelationEffect::rowsUpdated).sum(),
				all.stream().mapToLong(RelationEffect::rowsDeleted).sum(), effect.before(), effect.after());
	}

	private static Stream<RelationEffect> below(String parent, List<RelationEffect> effects) {
		return effects.stream()
			.filter((effect) -> Objects.equals(parent(effect), parent))
			.flatMap((effect) -> Stream.concat(Stream.of(effect), below(effect.relation(), effects)));
	}

}
