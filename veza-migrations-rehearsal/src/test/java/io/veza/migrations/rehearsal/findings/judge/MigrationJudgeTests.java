package io.veza.migrations.rehearsal.findings.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LiveSizeLookup;
import io.veza.migrations.rehearsal.effect.LiveTableSize;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestSubjects;
import io.veza.migrations.sql.MigrationSection.AcceptedFinding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class MigrationJudgeTests {

	private static final int UP = 2;

	private static final int DOWN = 20;

	private final Map<String, FindingLevel> severities = new HashMap<>();

	private final List<AcceptedFinding> up = new ArrayList<>();

	private final List<AcceptedFinding> down = new ArrayList<>();

	private final List<RehearsalFinding> found = new ArrayList<>();

	private TestSections upSection = TestSections.transactional().statement();

	private @Nullable LiveSizeLookup sizes;

	@Test
	void findingsWhenNothingIsConfiguredHaveTheirUsualSeverity() {
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);
		find(FindingCode.SERIAL_COLUMN, UP);

		assertThat(findings()).extracting(RehearsalFinding::severity).containsExactly(Severity.ERROR, Severity.ADVICE);
	}

	@Test
	void findingsWhenASeverityIsConfiguredHaveThat() {
		this.severities.put("serial-column", FindingLevel.ERROR);
		this.severities.put("index-blocks-writes", FindingLevel.OFF);
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);
		find(FindingCode.SERIAL_COLUMN, UP);

		assertThat(findings()).extracting(RehearsalFinding::code, RehearsalFinding::severity)
			.containsExactly(tuple("serial-column", Severity.ERROR));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"10000 | 1     | ERROR   | In the real database \"public.users\" has 10,000 row(s) in 0.0 kB.",
			"1 | 1000000   | ERROR   | In the real database \"public.users\" has 1 row(s) in 1.0 MB.",
			"0 | 2500000000 | ERROR  | In the real database \"public.users\" has 0 row(s) in 2.5 GB.",
			"9999 | 999999 | WARNING | In the real database \"public.users\" has 9,999 row(s) in 1000.0 kB: nobody waits for long.",
			"0 | 8192      | ADVICE  | In the real database \"public.users\" is empty: nobody waits for long." })
	void findingsWhenLocksConcernARealTableFollowItsSize(long rows, long bytes, Severity severity, String message) {
		this.sizes = (relation) -> Optional.of(new LiveTableSize(rows, bytes));
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);

		assertThat(findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(severity);
			assertThat(finding.message()).isEqualTo("message " + message);
		});
	}

	@Test
	void findingsWhenTheRealDatabaseHasNoSuchTableAreAdvice() {
		this.sizes = (relation) -> Optional.empty();
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);

		assertThat(findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.ADVICE);
			assertThat(finding.message()).isEqualTo("message The real database has no \"public.users\": nobody waits.");
		});
	}

	@Test
	void findingsWhenTheyAreNotAboutLocksDoNotFollowTheSize() {
		this.sizes = (relation) -> Optional.empty();
		find(FindingCode.COLUMN_DROPPED, UP);

		assertThat(findings()).extracting(RehearsalFinding::severity, RehearsalFinding::message)
			.containsExactly(tuple(Severity.ERROR, "message"));
	}

	@Test
	void findingsWhenLocksAreInTheDownAreOneStepLower() {
		find(FindingCode.INDEX_BLOCKS_WRITES, DOWN);
		find(FindingCode.SECOND_HEAVY_LOCK, DOWN);
		find(FindingCode.TEST_DATA, DOWN);

		assertThat(findings()).extracting(RehearsalFinding::code, RehearsalFinding::severity)
			.containsExactly(tuple("test-data", Severity.ERROR), tuple("index-blocks-writes", Severity.WARNING),
					tuple("second-heavy-lock", Severity.ADVICE));
	}

	@Test
	void findingsPutWhatIsNotAcceptedFirstThenTheMostSevereThenTheFirstLine() {
		this.up.add(new AcceptedFinding("test-data", "they are samples", 2));
		find(FindingCode.TEST_DATA, 2);
		find(FindingCode.SERIAL_COLUMN, 3);
		find(FindingCode.COLUMN_DROPPED, 5);
		find(FindingCode.TABLE_DROPPED, 4);

		assertThat(findings()).extracting(RehearsalFinding::code)
			.containsExactly("table-dropped", "column-dropped", "serial-column", "test-data");
	}

	@Test
	void findingsWhenTheirSectionAcceptsThemAreAccepted() {
		this.up.add(new AcceptedFinding("index-blocks-writes", "the table is small", 2));
		this.down.add(new AcceptedFinding("index-drop-blocks-reads", "nobody is there", 20));
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);
		find(FindingCode.INDEX_DROP_BLOCKS_READS, DOWN);

		assertThat(findings()).extracting(RehearsalFinding::accepted)
			.containsExactly("the table is small", "nobody is there");
	}

	@Test
	void findingsAboutTheWholeMigrationAreAcceptedByEachSection() {
		this.up.add(new AcceptedFinding("down-does-not-restore", "it cannot", 2));
		this.down.add(new AcceptedFinding("data-not-restored", "the rows are gone", 20));
		find(FindingCode.DOWN_DOES_NOT_RESTORE, DOWN);
		find(FindingCode.DATA_NOT_RESTORED, UP);

		assertThat(findings()).extracting(RehearsalFinding::accepted).containsExactly("it cannot", "the rows are gone");
	}

	@Test
	void findingsWhenAnAcceptanceStandsInTheOtherSectionSaySo() {
		this.down.add(new AcceptedFinding("index-blocks-writes", "the table is small", 21));
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);

		assertThat(withoutEffect()).isEqualTo(new RehearsalFinding("acceptance-without-effect", Severity.WARNING,
				"001_a.sql", 21, 1, null, "The DOWN accepts \"index-blocks-writes\", but it was found in the UP.",
				"Nothing breaks. Whoever reads the file believes that something was looked at and accepted.",
				"Move the line to the head of the UP.", null));
	}

	@Test
	void findingsWhenAnAcceptanceCoversNothingSaySo() {
		this.up.add(new AcceptedFinding("index-blocks-writes", "the table is small", 2));

		assertThat(withoutEffect())
			.extracting(RehearsalFinding::line, RehearsalFinding::message, RehearsalFinding::rewrite)
			.containsExactly(2, "The UP accepts \"index-blocks-writes\", but it was not found.", "Remove the line.");
	}

	@Test
	void findingsWhenAnAcceptanceNamesAnUnknownCodeNameSimilarOnes() {
		this.up.add(new AcceptedFinding("index-block-write", "the table is small", 2));

		assertThat(withoutEffect()).extracting(RehearsalFinding::message, RehearsalFinding::rewrite)
			.containsExactly(
					"The UP accepts \"index-block-write\", which is no finding. Similar ones are "
							+ "\"index-blocks-writes\", \"reindex-blocks-writes\", \"index-name\".",
					"Write a code that exists, or remove the line.");
	}

	@Test
	void findingsWhenAnAcceptedCodeIsSwitchedOffSaySo() {
		this.severities.put("index-blocks-writes", FindingLevel.OFF);
		this.up.add(new AcceptedFinding("index-blocks-writes", "the table is small", 2));
		find(FindingCode.INDEX_BLOCKS_WRITES, UP);

		assertThat(withoutEffect()).extracting(RehearsalFinding::message, RehearsalFinding::rewrite)
			.containsExactly("The UP accepts \"index-blocks-writes\", which is switched off.",
					"Remove the line, or veza.migrations.rehearsal.findings.index-blocks-writes.");
	}

	@Test
	void findingsWhenAnAcceptanceWithoutEffectIsAcceptedSaySo() {
		this.up.add(new AcceptedFinding("acceptance-without-effect", "we know", 2));

		assertThat(withoutEffect()).extracting(RehearsalFinding::message, RehearsalFinding::accepted)
			.containsExactly("The UP accepts \"acceptance-without-effect\", which cannot be accepted.", null);
	}

	@Test
	void findingsWhenAcceptancesWithoutEffectAreSwitchedOffDoNotNameThem() {
		this.severities.put("acceptance-without-effect", FindingLevel.OFF);
		this.up.add(new AcceptedFinding("index-blocks-writes", "the table is small", 2));

		assertThat(findings()).isEmpty();
	}

	@Test
	void findingsWhenASectionHasFailedDoNotSayWhatItsAcceptancesCover() {
		this.upSection = TestSections.transactional().statement().failed();
		this.up.add(new AcceptedFinding("index-blocks-writes", "the table is small", 2));
		this.down.add(new AcceptedFinding("index-drop-blocks-reads", "nobody is there", 20));

		assertThat(findings()).isEmpty();
	}

	private void find(FindingCode code, int line) {
		this.found.add(new RehearsalFinding(code.id(), code.severity(), "001_a.sql", line, 1, "public.users", "message",
				"consequence", "rewrite", null));
	}

	private RehearsalFinding withoutEffect() {
		return findings().stream()
			.filter((finding) -> "acceptance-without-effect".equals(finding.code()))
			.findFirst()
			.orElseThrow();
	}

	private List<RehearsalFinding> findings() {
		MigrationRule rule = (subject, taker) -> this.found
			.forEach((finding) -> taker.add(FindingCode.of(finding.code()).orElseThrow(), finding.severity(),
					finding.line(), 1, finding.relation(), new Text("message", "consequence", "rewrite")));
		FindingSubject subject = TestSubjects.of(this.upSection.section(), this.up,
				TestSections.down().statement().section(), this.down);
		return new MigrationJudge(new FindingRules(List.of(), List.of(), List.of(rule)), this.severities, this.sizes)
			.of(subject);
	}

}
