package io.veza.migrations.rehearsal.findings;

import org.junit.jupiter.api.Test;

import io.veza.migrations.Finding;
import io.veza.migrations.rehearsal.RehearsalOptions;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.RelationFacts;

import static io.veza.migrations.rehearsal.findings.Facts.column;
import static io.veza.migrations.rehearsal.findings.Facts.index;
import static io.veza.migrations.rehearsal.findings.Facts.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RulesTests {

	private static final RelationFacts EMAIL = table("users", column(2, "email", "text"));

	private static final RelationFacts INDEXED = table("users", column(2, "email", "text"), index(7, "i", "email"));

	@Test
	void rulesLookForLocksAndForWhatBreaksThePreviousReleaseInTheUp() {
		RehearsedSection up = Sections.transactional()
			.statement(Effects.on(table("rooms")))
			.statement(Effects.on(EMAIL).scanned().lockHeld())
			.statement(Effects.on(EMAIL, null))
			.statement(Effects.on(table("posts", column(1, "id", "bigint")), table("posts")))
			.gone("table", "public.users")
			.section();

		assertThat(new Findings(RehearsalOptions.defaults(), null).of(Subjects.of(up, null)))
			.extracting(Finding::code, Finding::line)
			.containsExactly(tuple("table-dropped", 4), tuple("column-dropped", 5), tuple("work-under-heavy-lock", 3),
					tuple("second-heavy-lock", 5));
	}

	@Test
	void rulesLookForLocksOnlyInTheDown() {
		RehearsedSection down = Sections.down()
			.statement(Effects.on(EMAIL, INDEXED))
			.statement(Effects.on(INDEXED, table("users")).lockHeld())
			.section();

		assertThat(new Findings(RehearsalOptions.defaults(), null)
			.of(Subjects.of(Sections.transactional().statement().section(), down)))
			.extracting(Finding::code, Finding::severity)
			.containsExactly(tuple("index-blocks-writes", Finding.Severity.WARNING));
	}

	@Test
	void rulesNameWhatIsValidatedAtOnceBeforeTheyNameWork() {
		RelationFacts notValid = table("users", Facts.check(5, "c", false));
		RelationFacts valid = table("users", Facts.check(5, "c", true));
		RehearsedSection up = Sections.transactional()
			.statement(Effects.on(table("users"), notValid))
			.statement(Effects.on(notValid, valid).scanned().lockHeld())
			.section();

		assertThat(new Findings(RehearsalOptions.defaults(), null).of(Subjects.of(up, null))).extracting(Finding::code)
			.containsExactly("validated-in-same-transaction");
	}

}
