package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds migrations whose DOWN leaves another schema than the UP has found.
 */
public final class SchemaNotRestoredRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		if (!rehearsed.migration().reversible() || UnsaidIrreversibilityRule.concerns(rehearsed)) {
			return;
		}
		if (rehearsed.reversibility() == Reversibility.NO) {
			add(found, FindingCode.DOWN_DOES_NOT_RESTORE, rehearsed, different(rehearsed));
		}
		if (rehearsed.reversibility() == Reversibility.EXCEPT_COLUMN_ORDER) {
			add(found, FindingCode.DOWN_CHANGES_COLUMN_ORDER, rehearsed, reordered(rehearsed));
		}
	}

	private static void add(FindingCollector found, FindingCode code, RehearsedMigration rehearsed, Text text) {
		FilePosition place = FilePosition.first(rehearsed.down());
		found.add(code, code.severity(), place.line(), place.column(), null, text);
	}

	private static Text different(RehearsedMigration rehearsed) {
		List<CatalogDifference> differences = rehearsed.notRestored()
			.stream()
			.filter((difference) -> !difference.kind().equals(CatalogDifference.COLUMN_ORDER))
			.toList();
		return new Text("The DOWN does not restore the schema:" + CatalogDifferenceText.describe(differences),
				"After a rollback the previous release works with a schema that it was never tested with."
						+ LostValuesWarning.of(rehearsed, null),
				"-- in the DOWN, beside what it does:\n"
						+ RestoringStatements.of(CatalogDifferenceText.shown(differences)));
	}

	private static Text reordered(RehearsedMigration rehearsed) {
		return new Text(
				"The DOWN leaves the columns in another order:"
						+ CatalogDifferenceText.describe(rehearsed.notRestored()),
				"What relies on the order reads or writes the wrong columns: SELECT *, INSERT and COPY without a list of columns."
						+ LostValuesWarning.of(rehearsed, null),
				"""
						-- PostgreSQL adds a column as the last one. If nothing relies on the order:
						-- veza: accept down-changes-column-order <reason>""");
	}

}
