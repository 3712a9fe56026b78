package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RehearsalPageTests {

	private static final Pattern REQUEST = Pattern.compile("(src|href)=\"[^#]|url\\(|@import|https?:");

	private final String page = RehearsalPage.of(RehearsalReports.full());

	@Test
	void pageNeedsNothingElse() {
		assertThat(REQUEST.matcher(this.page).results()).isEmpty();
		assertThat(this.page).startsWith("<!DOCTYPE html>").doesNotContain("{{").contains("prefers-color-scheme");
	}

	@Test
	void hostileTextStaysText() {
		String hostile = "</pre><script>alert('x')</script>\" onload=\"x\" {{content}}";

		String shown = RehearsalPage.of(RehearsalReports.hostile(hostile));

		assertThat(shown).contains("&lt;script&gt;alert(&#39;x&#39;)").doesNotContain("<script>alert", "\" onload");
		assertThat(shown.split("<script>", -1)).hasSize(2);
	}

	@Test
	void everyElementThatBeginsEnds() {
		for (String tag : List.of("details", "table", "tr", "td", "th", "div", "section", "article", "ol", "ul", "li",
				"pre", "span", "p", "main")) {
			assertThat(Pattern.compile("<" + tag + "[ >]").matcher(this.page).results().count()).as(tag)
				.isPositive()
				.isEqualTo(this.page.split("</" + tag + ">", -1).length - 1);
		}
	}

	@Test
	void overviewLeadsToEachMigration() {
		assertThat(this.page).contains("<a href=\"#m-002\">002</a>", "id=\"m-002\"", "✗ DOWN does not restore",
				"≈ DOWN restores all but the column order", "✓ DOWN restores exactly", "✗ UP fails");
	}

	@Test
	void timelineNamesLocksInWords() {
		assertThat(this.page).contains("ACCESS EXCLUSIVE from line 4 for 7.5 ms: reads and writes wait",
				"SHARE UPDATE EXCLUSIVE from line 3 for 40 ms", "SHARE from line 4 for 3.0 ms: writes wait");
	}

	@Test
	void findingsShowPlaceSourceAndRewrite() {
		assertThat(this.page).contains("<code>column-dropped</code>", "db/migrations/002_drop_email.sql:5:3",
				"<pre class=\"source\">DROP COLUMN email</pre>", "<strong>In production: </strong>Instances of",
				"<strong>Accepted: </strong>the table is small");
	}

	@Test
	void sqlHasTheNumbersOfItsLines() {
		assertThat(this.page).contains("<span data-line=\"5\">  DROP COLUMN email</span>");
	}

	@Test
	void pageOfManyMigrationsIsClosedAndStaysSmall() {
		String large = RehearsalPage.of(RehearsalReports.large(285));

		assertThat(large.length()).isLessThan(10_000_000);
		assertThat(large).doesNotContain("<details class=\"migration\" open>");
	}

}
