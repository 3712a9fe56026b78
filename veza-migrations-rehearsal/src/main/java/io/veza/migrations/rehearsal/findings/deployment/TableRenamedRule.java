package io.veza.migrations.rehearsal.findings;

import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks for tables and views with another name or in another schema, unless there is
 * something else of the old name at the end.
 */
final class TableRenamed implements SectionRule {

	@Override
	public void look(SectionEffects section, Found found) {
		section.changes()
			.stream()
			.filter((change) -> change.effect().relation().equals(change.knownAs()))
			.filter((change) -> !change.name().equals(change.knownAs()) && section.isGone(change.knownAs()))
			.forEach((change) -> found.add(FindingCode.TABLE_RENAMED, change.statement(), change.knownAs(),
					text(change)));
	}

	private static Text text(TableChange change) {
		String kind = change.effect().kind().words();
		return new Text("The %s \"%s\" is renamed to \"%s\".".formatted(kind, change.knownAs(), change.name()),
				"The previous release, which runs beside the new one during a deployment and again after a rollback, fails wherever it uses the old name.",
				"""
						-- In the same migration, a view that reads and writes for those who know the old name:
						CREATE VIEW %s AS SELECT %s FROM %s;
						-- In a later release, when none in use knows it:
						DROP VIEW %1$s;""".formatted(change.knownAs(), columns(change), change.name()));
	}

	private static String columns(TableChange change) {
		return change.after()
			.columns()
			.stream()
			.map((column) -> Identifier.of(column.name()))
			.collect(Collectors.joining(", "));
	}

}
