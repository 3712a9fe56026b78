package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.effect.StatementEffect;

/**
 * The rule that checks each table that a statement concerns. What is found on a
 * partitioned table is not said again of its partitions.
 */
public final class EachTableRule implements SectionRule {

	private final List<TableRule> rules;

	public EachTableRule(TableRule... rules) {
		this.rules = List.of(rules);
	}

	@Override
	public void check(ObservedSection section, FindingCollector found) {
		for (StatementEffect statement : section.statements()) {
			List<TableChange> changes = section.changes(statement);
			this.rules.forEach((rule) -> check(rule, changes, found));
		}
	}

	private static void check(TableRule rule, List<TableChange> changes, FindingCollector found) {
		List<TableChange> hits = changes.stream().filter((change) -> !rule.check(change).isEmpty()).toList();
		Set<String> names = hits.stream().map((change) -> change.effect().relation()).collect(Collectors.toSet());
		for (TableChange hit : hits) {
			String parent = PartitionedEffects.parent(hit.effect());
			if (parent == null || !names.contains(parent)) {
				rule.check(hit).forEach((text) -> found.add(rule.code(), hit.statement(), hit.knownAs(), text));
			}
		}
	}

}
