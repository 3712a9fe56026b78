package io.veza.migrations.rehearsal.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.SuspectRow;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds rows that look like tests.
 */
final class TestDataRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		Map<String, List<SuspectRow>> tables = subject.suspects()
			.stream()
			.collect(Collectors.groupingBy(SuspectRow::table, LinkedHashMap::new, Collectors.toList()));
		tables.forEach((table, suspects) -> {
			FilePlace place = place(subject.rehearsed().up(), table);
			found.add(FindingCode.TEST_DATA, FindingCode.TEST_DATA.severity(), place.line(), place.column(), table,
					text(table, suspects));
		});
	}

	private static Text text(String table, List<SuspectRow> suspects) {
		String values = suspects.stream()
			.map((suspect) -> "\n  %s = '%s'".formatted(suspect.column(), suspect.value()))
			.collect(Collectors.joining());
		return new Text("The UP inserts what looks like tests into \"%s\":%s".formatted(table, values),
				"Production gets these rows, and whoever knows them may use them: accounts with known passwords among them.",
				"-- Leave them to a seeder that runs where they are wanted, or to fixtures of the rehearsal:\n-- veza.migrations.rehearsal.fixtures");
	}

	private static FilePlace place(RehearsedSection up, String table) {
		return up.statements()
			.stream()
			.filter((statement) -> inserts(statement, table))
			.findFirst()
			.map(FilePlace::of)
			.orElseGet(() -> FilePlace.first(up));
	}

	private static boolean inserts(StatementEffect statement, String table) {
		return statement.relations()
			.stream()
			.anyMatch((effect) -> effect.relation().equals(table) && effect.rowsInserted() > 0);
	}

}
