package io.veza.migrations.rehearsal.findings.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds rows that look like tests.
 */
public final class TestDataRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		Map<String, List<SuspectRow>> tables = subject.suspects()
			.stream()
			.collect(Collectors.groupingBy(SuspectRow::table, LinkedHashMap::new, Collectors.toList()));
		tables.forEach((table, suspects) -> {
			FilePosition place = place(subject.rehearsed().up(), table);
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

	private static FilePosition place(RehearsedSection up, String table) {
		return up.statements()
			.stream()
			.filter((statement) -> inserts(statement, table))
			.findFirst()
			.map(FilePosition::of)
			.orElseGet(() -> FilePosition.first(up));
	}

	private static boolean inserts(StatementEffect statement, String table) {
		return statement.relations()
			.stream()
			.anyMatch((effect) -> effect.relation().equals(table) && effect.rowsInserted() > 0);
	}

}
