package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;

import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds migrations whose DOWN does nothing, though the UP has changed
 * something.
 */
public final class UnsaidIrreversibilityRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		if (!concerns(rehearsed)) {
			return;
		}
		FilePosition place = FilePosition.first(rehearsed.down());
		found.add(FindingCode.IRREVERSIBLE_UNSAID, FindingCode.IRREVERSIBLE_UNSAID.severity(), place.line(),
				place.column(), null,
				new Text("The DOWN takes nothing back, but the UP has changed " + changed(rehearsed.up()),
						"A rollback reports that all is well and leaves everything as it is; then the UP runs on what it has changed already.",
						"-- irreversible: <reason>"));
	}

	/**
	 * Return whether the DOWN of a migration does nothing and should.
	 * @param rehearsed the migration
	 * @return whether it does
	 */
	static boolean concerns(RehearsedMigration rehearsed) {
		RehearsedSection up = rehearsed.up();
		RehearsedSection down = rehearsed.down();
		if (down == null || down.failure() != null || !rehearsed.migration().reversible() || !down.changes().isEmpty()
				|| !writtenTables(down).isEmpty()) {
			return false;
		}
		boolean onlyData = up.changes().isEmpty() && !writtenTables(up).isEmpty();
		return onlyData || (rehearsed.reversibility() == Reversibility.NO && !up.changes().isEmpty());
	}

	private static String changed(RehearsedSection up) {
		if (!up.changes().isEmpty()) {
			return "the schema:" + CatalogDifferenceText.describe(up.changes());
		}
		return "rows of \"" + String.join("\", \"", writtenTables(up)) + "\".";
	}

	/** The rows of a materialized view follow from those of others. */
	private static List<String> writtenTables(RehearsedSection section) {
		return section.statements()
			.stream()
			.flatMap((statement) -> statement.relations().stream())
			.filter((effect) -> effect.kind() != RelationKind.MATERIALIZED_VIEW)
			.filter((effect) -> effect.writes() || effect.truncated())
			.map(RelationEffect::relation)
			.distinct()
			.toList();
	}

}
