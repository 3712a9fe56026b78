package io.veza.migrations.rehearsal.findings.deployment;

import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.SectionRule;
import io.veza.migrations.rehearsal.findings.TableChange;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The rule that finds tables and views with another name or in another schema, unless
 * there is something else of the old name at the end.
 */
public final class TableRenamedRule implements SectionRule {

	@Override
	public void check(ObservedSection section, FindingCollector found) {
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
			.map((column) -> SqlQuoting.identifierIfNeeded(column.name()))
			.collect(Collectors.joining(", "));
	}

}
