package io.veza.migrations.rehearsal.findings.judge;

import java.util.Map;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestSubjects;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestTableFacts.column;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.index;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class FindingRulesTests {

	private static final RelationFacts EMAIL = table("users", column(2, "email", "text"));

	private static final RelationFacts INDEXED = table("users", column(2, "email", "text"), index(7, "i", "email"));

	@Test
	void rulesLookForLocksAndForWhatBreaksThePreviousReleaseInTheUp() {
		RehearsedSection up = TestSections.transactional()
			.statement(TestEffects.on(table("rooms")))
			.statement(TestEffects.on(EMAIL).scanned().lockHeld())
			.statement(TestEffects.on(EMAIL, null))
			.statement(TestEffects.on(table("posts", column(1, "id", "bigint")), table("posts")))
			.gone("table", "public.users")
			.section();

		assertThat(new MigrationJudge(Map.of(), null).of(TestSubjects.of(up, null)))
			.extracting(RehearsalFinding::code, RehearsalFinding::line)
			.containsExactly(tuple("table-dropped", 4), tuple("column-dropped", 5), tuple("work-under-heavy-lock", 3),
					tuple("second-heavy-lock", 5));
	}

	@Test
	void rulesLookForLocksOnlyInTheDown() {
		RehearsedSection down = TestSections.down()
			.statement(TestEffects.on(EMAIL, INDEXED))
			.statement(TestEffects.on(INDEXED, table("users")).lockHeld())
			.section();

		assertThat(new MigrationJudge(Map.of(), null)
			.of(TestSubjects.of(TestSections.transactional().statement().section(), down)))
			.extracting(RehearsalFinding::code, RehearsalFinding::severity)
			.containsExactly(tuple("index-blocks-writes", RehearsalFinding.Severity.WARNING));
	}

	@Test
	void rulesNameWhatIsValidatedAtOnceBeforeTheyNameWork() {
		RelationFacts notValid = table("users", TestTableFacts.check(5, "c", false));
		RelationFacts valid = table("users", TestTableFacts.check(5, "c", true));
		RehearsedSection up = TestSections.transactional()
			.statement(TestEffects.on(table("users"), notValid))
			.statement(TestEffects.on(notValid, valid).scanned().lockHeld())
			.section();

		assertThat(new MigrationJudge(Map.of(), null).of(TestSubjects.of(up, null))).extracting(RehearsalFinding::code)
			.containsExactly("validated-in-same-transaction");
	}

}
