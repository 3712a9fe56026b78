package io.veza.migrations.rehearsal.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.StatementEffect;

/**
 * The effects of all statements of a section, put together.
 *
 * @param section the section
 */
public record SectionEffectSummary(RehearsedSection section) {

	/**
	 * Return the locks that were taken on tables that others use.
	 * @param weakest the weakest mode that counts
	 * @return the locks in the order in which they were taken
	 */
	public List<TakenLock> locks(LockMode weakest) {
		List<TakenLock> locks = new ArrayList<>();
		for (StatementEffect statement : this.section.statements()) {
			statement.relations()
				.stream()
				.filter(SectionEffectSummary::isTableOfOthers)
				.filter((relation) -> relation.lockTaken() && relation.lock().compareTo(weakest) >= 0)
				.forEach((relation) -> locks.add(new TakenLock(statement, relation)));
		}
		return locks;
	}

	/**
	 * Return the tables of others of which all rows were written again.
	 * @return the names
	 */
	public List<String> rewritten() {
		return names(RelationEffect::rewritten);
	}

	/**
	 * Return the tables of others that were emptied.
	 * @return the names
	 */
	public List<String> truncated() {
		return names(RelationEffect::truncated);
	}

	/**
	 * Return the tables of others that were read as a whole.
	 * @return the names
	 */
	public List<String> scanned() {
		return names((relation) -> relation.scans() > 0);
	}

	/**
	 * Return how many rows were written.
	 * @return a text for each table
	 */
	public List<String> rows() {
		Map<String, long[]> counts = new LinkedHashMap<>();
		relations().filter(RelationEffect::writes).forEach((relation) -> {
			long[] sums = counts.computeIfAbsent(relation.relation(), (name) -> new long[3]);
			sums[0] += relation.rowsInserted();
			sums[1] += relation.rowsUpdated();
			sums[2] += relation.rowsDeleted();
		});
		return counts.entrySet().stream().map((entry) -> describe(entry.getKey(), entry.getValue())).toList();
	}

	/**
	 * Return what was made, without what belongs to a table that was made as well.
	 * @return kinds and names
	 */
	public List<String> created() {
		return objects((change) -> change.before() == null);
	}

	/**
	 * Return what has another definition.
	 * @return kinds and names
	 */
	public List<String> changed() {
		return objects((change) -> change.before() != null && change.after() != null);
	}

	/**
	 * Return what is gone, without what belongs to a table that is gone as well.
	 * @return kinds and names
	 */
	public List<String> dropped() {
		return objects((change) -> change.after() == null);
	}

	private List<String> objects(Predicate<CatalogDifference> kept) {
		List<CatalogDifference> changes = this.section.changes().stream().filter(kept).toList();
		Set<String> wholes = changes.stream()
			.filter(SectionEffectSummary::isWhole)
			.map(CatalogDifference::identity)
			.collect(Collectors.toSet());
		Set<String> names = changes.stream().map(SectionEffectSummary::name).collect(Collectors.toSet());
		return changes.stream()
			.filter((change) -> isWhole(change) || change.relation() == null || !wholes.contains(change.relation()))
			.filter((change) -> !names.contains(change.identity()))
			.map(SectionEffectSummary::name)
			.distinct()
			.toList();
	}

	/** The order of its columns has the name of the table, and is not the table. */
	private static boolean isWhole(CatalogDifference change) {
		return change.identity().equals(change.relation()) && !change.kind().equals(CatalogDifference.COLUMN_ORDER);
	}

	/** Owner, privileges and comment have what they belong to as their identity. */
	private static String name(CatalogDifference change) {
		return change.kind() + " " + change.identity();
	}

	private List<String> names(Predicate<RelationEffect> kept) {
		return relations().filter(SectionEffectSummary::isTableOfOthers)
			.filter(kept)
			.map(RelationEffect::relation)
			.distinct()
			.toList();
	}

	private Stream<RelationEffect> relations() {
		return this.section.statements().stream().flatMap((statement) -> statement.relations().stream());
	}

	private static boolean isTableOfOthers(RelationEffect relation) {
		return relation.existed() && relation.kind() != RelationKind.INDEX && relation.kind() != RelationKind.SEQUENCE;
	}

	private static String describe(String table, long[] counts) {
		String[] words = { "inserted", "updated", "deleted" };
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < words.length; i++) {
			if (counts[i] > 0) {
				parts.add(counts[i] + " " + words[i]);
			}
		}
		return table + " " + String.join(", ", parts);
	}

	/**
	 * A lock that a statement took.
	 *
	 * @param statement the statement
	 * @param relation the table, and the lock
	 */
	public record TakenLock(StatementEffect statement, RelationEffect relation) {
	}

}
