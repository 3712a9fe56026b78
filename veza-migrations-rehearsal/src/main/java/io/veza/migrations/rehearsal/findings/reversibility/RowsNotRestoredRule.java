package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.function.Predicate;

import io.veza.migrations.rehearsal.DataDifference;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds sample rows that UP and DOWN together have changed.
 */
final class RowsNotRestoredRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		for (DataDifference difference : rehearsed.data()) {
			FilePlace place = place(rehearsed, difference.table());
			found.add(FindingCode.DATA_NOT_RESTORED, FindingCode.DATA_NOT_RESTORED.severity(), place.line(),
					place.column(), difference.table(), text(rehearsed, difference));
		}
	}

	private static Text text(RehearsedMigration rehearsed, DataDifference difference) {
		return new Text("The DOWN does not restore the rows: " + difference.describe(),
				"After a rollback the rows of production are not what they were before the migration."
						+ LostValues.of(rehearsed, difference.table()),
				"""
						-- in the UP, before the change:
						CREATE TABLE rows_before AS SELECT * FROM %1$s;
						-- in the DOWN: put back by key what differs, then
						DROP TABLE rows_before;
						-- or say in the DOWN that there is no way back:
						-- irreversible: <reason>""".formatted(difference.table()));
	}

	/** The statement that writes to the table, or else the first one that touches it. */
	private static FilePlace place(RehearsedMigration rehearsed, String table) {
		List<StatementEffect> statements = rehearsed.up().statements();
		return statements.stream()
			.filter(touches(table, (effect) -> effect.writes() || effect.truncated()))
			.findFirst()
			.or(() -> statements.stream().filter(touches(table, (effect) -> true)).findFirst())
			.map(FilePlace::of)
			.orElseGet(() -> FilePlace.first(rehearsed.down()));
	}

	private static Predicate<StatementEffect> touches(String table, Predicate<RelationEffect> how) {
		return (statement) -> statement.relations()
			.stream()
			.anyMatch((effect) -> effect.relation().equals(table) && how.test(effect));
	}

}
