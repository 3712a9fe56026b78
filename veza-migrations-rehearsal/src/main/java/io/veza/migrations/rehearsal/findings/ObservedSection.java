package io.veza.migrations.rehearsal.findings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.sql.SqlQuoting;

/**
 * A section with its changes to tables that existed before it, statement by statement. A
 * table that is renamed within the section stays the same table.
 */
public final class ObservedSection {

	private static final Set<String> RELATIONS = Set.of("table", "foreign table", "view", "materialized view");

	private final RehearsedSection section;

	/** By the name that a table has got. */
	private final Map<String, RelationFacts> starts = new HashMap<>();

	private final Map<RelationFacts, RelationFacts> ends = new HashMap<>();

	private final List<TableChange> changes;

	public ObservedSection(RehearsedSection section) {
		this.section = section;
		List<TableChange> seen = section.statements()
			.stream()
			.flatMap((statement) -> PartitionedEffects.withParents(statement.relations())
				.stream()
				.flatMap((effect) -> change(statement, effect).stream()))
			.toList();
		this.changes = seen.stream().map(this::ended).toList();
	}

	public boolean transactional() {
		return this.section.transactional();
	}

	public List<StatementEffect> statements() {
		return this.section.statements();
	}

	/**
	 * Return what happened to tables and views.
	 * @return the changes, in the order of the statements
	 */
	public List<TableChange> changes() {
		return this.changes;
	}

	/**
	 * Return what a statement did to tables and views.
	 * @param statement the statement
	 * @return the changes
	 */
	public List<TableChange> changes(StatementEffect statement) {
		return this.changes.stream().filter((change) -> change.statement().number() == statement.number()).toList();
	}

	/**
	 * Return the name by which others know a table.
	 * @param relation a name that it has on the way
	 * @return its name before the section
	 */
	public String knownAs(String relation) {
		RelationFacts start = this.starts.get(relation);
		return (start != null) ? SqlQuoting.identifierIfNeeded(start.schema(), start.name()) : relation;
	}

	/**
	 * Return whether there is no table or view of a name any more.
	 * @param relation the name, as SQL writes it
	 * @return whether it is gone when the section has ended
	 */
	public boolean isGone(String relation) {
		List<CatalogDifference> differences = this.section.changes()
			.stream()
			.filter((change) -> RELATIONS.contains(change.kind()) && change.identity().equals(relation))
			.toList();
		return !differences.isEmpty() && differences.stream().allMatch((change) -> change.after() == null);
	}

	private Optional<TableChange> change(StatementEffect statement, RelationEffect effect) {
		RelationFacts before = effect.before();
		RelationFacts after = effect.after();
		if (!effect.existed() || before == null || after == null) {
			return Optional.empty();
		}
		RelationFacts start = Objects.requireNonNullElse(this.starts.get(effect.relation()), before);
		this.starts.put(SqlQuoting.identifierIfNeeded(after.schema(), after.name()), start);
		this.ends.put(start, after);
		return Optional.of(new TableChange(statement, effect, start, before, after, after));
	}

	private TableChange ended(TableChange change) {
		return new TableChange(change.statement(), change.effect(), change.start(), change.before(), change.after(),
				this.ends.getOrDefault(change.start(), change.after()));
	}

}
