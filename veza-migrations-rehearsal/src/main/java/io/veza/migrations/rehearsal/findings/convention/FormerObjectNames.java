package io.veza.migrations.rehearsal.findings.convention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.QualifiedTableName;

/**
 * The columns, constraints and indexes that tables had before a section: when a table or
 * one of these gets another name, the catalogs show them as new under that name.
 */
final class FormerObjectNames {

	private Map<QualifiedTableName, Tracked> tables = Map.of();

	FormerObjectNames(RehearsedSection section) {
		section.statements().forEach(this::follow);
	}

	private void follow(StatementEffect statement) {
		Map<QualifiedTableName, Tracked> next = new HashMap<>(this.tables);
		for (RelationEffect effect : statement.relations()) {
			if (effect.before() != null) {
				next.remove(name(effect.before()));
			}
		}
		for (RelationEffect effect : statement.relations()) {
			if (effect.before() != null && effect.after() != null) {
				Tracked tracked = this.tables.get(name(effect.before()));
				next.put(name(effect.after()),
						new Tracked((tracked != null) ? tracked.first() : effect.before(), effect.after()));
			}
		}
		this.tables = next;
	}

	/**
	 * Return the name that an object had before the section.
	 * @param object the object
	 * @return the name, or empty if it was not there
	 */
	Optional<String> nameOf(CreatedObject object) {
		if (object.relation() == null) {
			return Optional.empty();
		}
		Tracked table = this.tables.get(QualifiedTableName.parse(object.relation()));
		return (table != null) ? table.nameOf(object) : Optional.empty();
	}

	private static QualifiedTableName name(RelationFacts facts) {
		return new QualifiedTableName(List.of(facts.schema(), facts.name()));
	}

	private record Tracked(RelationFacts first, RelationFacts last) {

		Optional<String> nameOf(CreatedObject object) {
			return switch (object.kind()) {
				case COLUMN, SERIAL_COLUMN, KEY_COLUMN,
						SERIAL_KEY_COLUMN ->
					this.last.columns()
						.stream()
						.filter((column) -> column.name().equals(object.name()))
						.findFirst()
						.flatMap((column) -> this.first.column(column.number()))
						.map(RelationFacts.Column::name);
				case CONSTRAINT -> this.last.constraints()
					.stream()
					.filter((constraint) -> constraint.name().equals(object.name()))
					.findFirst()
					.flatMap((constraint) -> this.first.constraint(constraint.oid()))
					.map(RelationFacts.Constraint::name);
				case INDEX -> this.last.indexes()
					.stream()
					.filter((index) -> index.name().equals(object.name()))
					.findFirst()
					.flatMap((index) -> this.first.index(index.oid()))
					.map(RelationFacts.Index::name);
				case SCHEMA, TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, ROUTINE, TYPE, TRIGGER -> Optional.empty();
			};
		}

	}

}
