package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;
import java.util.function.Predicate;

import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds sample rows that UP and DOWN together have changed.
 */
public final class RowsNotRestoredRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		for (RowDifference difference : rehearsed.data()) {
			FilePosition place = place(rehearsed, difference.table());
			found.add(FindingCode.DATA_NOT_RESTORED, FindingCode.DATA_NOT_RESTORED.severity(), place.line(),
					place.column(), difference.table(), text(rehearsed, difference));
		}
	}

	private static Text text(RehearsedMigration rehearsed, RowDifference difference) {
		return new Text("The DOWN does not restore the rows: " + difference.describe(),
				"After a rollback the rows of production are not what they were before the migration."
						+ LostValuesWarning.of(rehearsed, difference.table()),
				"""
						-- in the UP, before the change:
						CREATE TABLE rows_before AS SELECT * FROM %1$s;
						-- in the DOWN: put back by key what differs, then
						DROP TABLE rows_before;
						-- or say in the DOWN that there is no way back:
						-- irreversible: <reason>""".formatted(difference.table()));
	}

	/** The statement that writes to the table, or else the first one that touches it. */
	private static FilePosition place(RehearsedMigration rehearsed, String table) {
		List<StatementEffect> statements = rehearsed.up().statements();
		return statements.stream()
			.filter(touches(table, (effect) -> effect.writes() || effect.truncated()))
			.findFirst()
			.or(() -> statements.stream().filter(touches(table, (effect) -> true)).findFirst())
			.map(FilePosition::of)
			.orElseGet(() -> FilePosition.first(rehearsed.down()));
	}

	private static Predicate<StatementEffect> touches(String table, Predicate<RelationEffect> how) {
		return (statement) -> statement.relations()
			.stream()
			.anyMatch((effect) -> effect.relation().equals(table) && how.test(effect));
	}

}
