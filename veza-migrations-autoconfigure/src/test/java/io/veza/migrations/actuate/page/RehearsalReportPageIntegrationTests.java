package io.veza.migrations.actuate.page;

import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of a rehearsal in a browser, opened as a file.
 */
@EnabledIfBrowser
@Timeout(120)
class RehearsalReportPageIntegrationTests {

	private static final String TEXTS = "return [...document.querySelectorAll(arguments[0])].map((found) => found.textContent)";

	private final Browser browser = Browser.get();

	@TempDir
	private Path folder;

	@Test
	void summaryCountsVerdictsAndFindings() {
		open(TestRehearsalReports.full());

		assertThat(this.browser.text(".outcome")).isEqualTo("✗ Failed: 1 error to settle.");
		assertThat(texts(".tile")).containsExactly("Migrations4", "Restore exactly1", "All but column order1",
				"Do not restore1", "DOWN fails0", "UP fails1", "Errors1", "Warnings0", "Advice1", "Accepted1");
		assertThat(this.browser.text(".notice")).contains("cannot be applied: 005.");
		assertThat(this.browser.text(".facts")).contains("2024-01-15T10:00:00Z", "took 1234 ms");
	}

	@Test
	void overviewLeadsToEachMigration() {
		open(TestRehearsalReports.full());

		assertThat(texts(".overview tbody th")).containsExactly("001", "002", "003", "004");
		assertThat(texts(".overview td:nth-of-type(2)")).containsExactly("✓ DOWN restores exactly",
				"✗ DOWN does not restore", "≈ DOWN restores all but the column order", "✗ UP fails");
		assertThat(this.browser.has("details.migration[open]")).isFalse();

		this.browser.click("a[href='#m-002']");

		this.browser.eventually(() -> assertThat(this.browser.shows("#m-002 .finding")).isTrue());
		assertThat(this.browser.has("details.migration[open] #m-003")).isFalse();
	}

	@Test
	void toggleOpensAndClosesAll() {
		open(TestRehearsalReports.full());

		this.browser.click("#toggle");
		assertThat(this.browser.has("details.migration:not([open])")).isFalse();

		this.browser.click("#toggle");
		assertThat(this.browser.has("details.migration[open]")).isFalse();
	}

	@Test
	void timelineNamesLocksInWords() {
		open(TestRehearsalReports.full());

		assertThat(texts(".timeline .note")).contains("ROW EXCLUSIVE from line 3 for 1.5 ms",
				"ACCESS EXCLUSIVE from line 4 for 7.5 ms: reads and writes wait",
				"SHARE UPDATE EXCLUSIVE from line 3 for 40 ms", "SHARE from line 4 for 3.0 ms: writes wait");
		assertThat(texts("#m-002 .timeline:first-of-type tr:nth-child(2) .bar")).containsExactly("ROW EXCLUSIVE",
				"ACCESS EXCLUSIVE");
		assertThat(this.browser.texts(
				"return [...document.querySelectorAll('#m-002 .timeline:first-of-type tr')][0].querySelectorAll('.bar').values().map((bar) => bar.style.width).toArray()"))
			.hasSize(3)
			.allMatch((width) -> width.endsWith("%"));
	}

	@Test
	void tableThatIsNewHasNoLocks() {
		open(TestRehearsalReports.clean());

		assertThat(texts("#m-001 .timeline:first-of-type th")).containsExactly("Statements");
		assertThat(this.browser.text(".outcome")).isEqualTo("✓ Passed: no finding is an error.");
		assertThat(this.browser.has("details.migration[open]")).isTrue();
	}

	@Test
	void findingsShowPlaceSourceAndRewrite() {
		open(TestRehearsalReports.full());

		assertThat(texts("#m-002 .finding h5 code")).first().isEqualTo("column-dropped");
		assertThat(texts("#m-002 .place")).contains("db/migrations/002_drop_email.sql:5:3");
		assertThat(texts("#m-002 pre.source")).contains("DROP COLUMN email");
		assertThat(this.browser.text("#m-002 .finding")).contains("In production: Instances of", "Instead:");
		assertThat(texts("#m-002 .finding.accepted")).singleElement()
			.asString()
			.contains("Accepted: the table is small");
	}

	@Test
	void sqlHasTheNumbersOfItsLinesAndEffects() {
		open(TestRehearsalReports.full());

		assertThat(texts("#m-002 .sql span[data-line='5']")).contains("  DROP COLUMN email");
		assertThat(texts("#m-002 .effects li")).anyMatch((effect) -> effect.contains("took ACCESS EXCLUSIVE"));
		assertThat(texts("#m-003 .statements .note")).anyMatch((note) -> note.contains("locks as documented"));
	}

	@Test
	void failureShowsItsLineAndACaret() {
		open(TestRehearsalReports.full());

		assertThat(texts("#m-004 pre.failure")).first().isEqualTo("""
				db/migrations/004_fails.sql:3:15: relation "nowhere" does not exist (SQLSTATE 42P01)
				  SELECT * FROM nowhere
				                ^
				Action: Create it before.""");
	}

	@Test
	void differencesShowBeforeAndAfter() {
		open(TestRehearsalReports.full());

		assertThat(texts("#m-002 .differences del")).anyMatch((before) -> before.contains("NOT NULL"));
		assertThat(texts("#m-002 li")).anyMatch((rows) -> rows.contains("3 changed"));
	}

	@Test
	void listsOfManyAreCut() {
		open(TestRehearsalReports.creating(310));

		assertThat(texts(".differences tbody tr")).hasSize(300);
		assertThat(this.browser.text(".migration details > p")).isEqualTo("… and 10 more, see the JSON file.");
	}

	@Test
	void hostileTextStaysText() {
		String hostile = "</script><img src=x onerror=window.hacked=1><svg onload=window.hacked=1> \" onmouseover=\"x";

		open(TestRehearsalReports.hostile(hostile));

		assertThat(this.browser.has("img, svg, [onmouseover], [onload]")).isFalse();
		assertThat(this.browser.truth("return window.hacked === undefined")).isTrue();
		assertThat(texts(".finding h5 code")).containsExactly(hostile, hostile);
		assertThat(texts(".sql span").get(0)).isEqualTo(hostile);
	}

	private void open(RehearsalReport report) {
		RehearsalFiles.write(report, this.folder);
		this.browser.open(this.folder.resolve(RehearsalFiles.HTML).toUri().toString());
	}

	private List<String> texts(String css) {
		return this.browser.texts(TEXTS, css);
	}

}
