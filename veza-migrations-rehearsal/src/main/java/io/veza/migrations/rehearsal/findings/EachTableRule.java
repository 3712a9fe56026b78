package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.StatementEffect;

/**
 * Looks at each table that a statement concerns. What is found on a partitioned table is
 * not said again of its partitions.
 */
final class TableRules implements SectionRule {

	private final List<TableRule> rules;

	TableRules(TableRule... rules) {
		this.rules = List.of(rules);
	}

	@Override
	public void look(SectionEffects section, Found found) {
		for (StatementEffect statement : section.statements()) {
			List<TableChange> changes = section.changes(statement);
			this.rules.forEach((rule) -> look(rule, changes, found));
		}
	}

	private static void look(TableRule rule, List<TableChange> changes, Found found) {
		List<TableChange> hits = changes.stream().filter((change) -> !rule.look(change).isEmpty()).toList();
		Set<String> names = hits.stream().map((change) -> change.effect().relation()).collect(Collectors.toSet());
		for (TableChange hit : hits) {
			String parent = Partitions.parent(hit.effect());
			if (parent == null || !names.contains(parent)) {
				rule.look(hit).forEach((text) -> found.add(rule.code(), hit.statement(), hit.knownAs(), text));
			}
		}
	}

}
