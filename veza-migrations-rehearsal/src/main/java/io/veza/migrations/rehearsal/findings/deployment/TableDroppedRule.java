package io.veza.migrations.rehearsal.findings.deployment;

import java.util.Locale;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.PartitionedEffects;
import io.veza.migrations.rehearsal.findings.SectionRule;

/**
 * The rule that finds tables and views that are gone at the end. A partition is not known
 * by its name.
 */
public final class TableDroppedRule implements SectionRule {

	private static final Set<RelationKind> NAMED = Set.of(RelationKind.TABLE, RelationKind.PARTITIONED_TABLE,
			RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW, RelationKind.FOREIGN_TABLE);

	@Override
	public void check(ObservedSection section, FindingCollector found) {
		section.statements()
			.forEach((statement) -> statement.relations()
				.stream()
				.filter((effect) -> effect.existed() && effect.dropped() && NAMED.contains(effect.kind()))
				.filter((effect) -> PartitionedEffects.parent(effect) == null)
				.filter((effect) -> section.isGone(section.knownAs(effect.relation())))
				.forEach((effect) -> found.add(FindingCode.TABLE_DROPPED, statement, section.knownAs(effect.relation()),
						text(effect))));
	}

	private static Text text(RelationEffect effect) {
		String kind = effect.kind().words();
		String drop = (effect.kind() == RelationKind.PARTITIONED_TABLE) ? "TABLE" : kind.toUpperCase(Locale.ROOT);
		return new Text("The %s \"%s\" is dropped.".formatted(kind, effect.relation()),
				"The previous release, which runs beside the new one during a deployment and again after a rollback, fails wherever it uses it.",
				"""
						-- In a later release, when none in use needs it:
						-- veza: accept table-dropped <reason>
						DROP %s %s;""".formatted(drop, effect.relation()));
	}

}
