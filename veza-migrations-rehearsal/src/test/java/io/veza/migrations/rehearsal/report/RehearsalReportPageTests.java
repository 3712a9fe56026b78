package io.veza.migrations.rehearsal.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RehearsalReportPage}. What a browser makes of it is tested where the
 * browser is.
 */
class RehearsalReportPageTests {

	private static final Pattern REQUEST = Pattern.compile("(src|href)=\"[^#]|url\\(|@import|https?:");

	private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>",
			Pattern.DOTALL);

	private final String page = RehearsalReportPage.of(TestRehearsalReports.full());

	@Test
	void pageNeedsNothingElse() {
		assertThat(REQUEST.matcher(this.page).results()).isEmpty();
		assertThat(this.page).startsWith("<!DOCTYPE html>").doesNotContain("{{").contains("prefers-color-scheme");
	}

	@Test
	void scriptMakesNoHtmlOfTexts() {
		assertThat(this.page).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
	}

	@Test
	void hostileTextStaysInTheData() {
		String hostile = "</script><img src=x onerror=alert(1)><!-- {{script}} {{data}}";

		String shown = RehearsalReportPage.of(TestRehearsalReports.hostile(hostile));

		assertThat(shown).doesNotContain("<img", "<!--").contains("\\u003c/script>\\u003cimg src=x onerror=alert(1)>");
		assertThat(shown.split("</script>", -1)).hasSize(3);
		assertThat(data(shown).path("server").asString()).isEqualTo(hostile);
	}

	@Test
	void dataHasTheFieldsOfTheFile() {
		JsonNode file = JsonMapper.shared()
			.readTree(RehearsalReportJson.of(TestRehearsalReports.full(), ReportDetail.FILE));
		JsonNode data = data(this.page);

		assertThat(data.propertyNames()).containsExactlyElementsOf(file.propertyNames());
		assertThat(data.path("summary")).isEqualTo(file.path("summary"));
		assertThat(data.path("migrations").get(1).path("findings"))
			.isEqualTo(file.path("migrations").get(1).path("findings"));
		assertThat(data.path("migrations").get(1).propertyNames())
			.containsExactlyElementsOf(file.path("migrations").get(1).propertyNames());
	}

	@Test
	void dataHasFractionsOfMilliseconds() {
		JsonNode statements = data(this.page).path("migrations").get(1).path("up").path("statements");

		assertThat(statements.get(0).path("durationMs").asDouble()).isEqualTo(1.5);
		assertThat(statements.get(2).path("durationMs").asDouble()).isEqualTo(4.5);
	}

	@Test
	void dataHasMoreOfALongStatementThanTheFile() {
		JsonNode statement = data(RehearsalReportPage.of(TestRehearsalReports.hostile("x".repeat(12_000))))
			.path("migrations")
			.get(0)
			.path("up")
			.path("statements")
			.get(0);

		assertThat(statement.path("sql").asString()).hasSize(10_000);
		assertThat(statement.path("truncated").asBoolean()).isTrue();
	}

	@Test
	void pageOfManyMigrationsStaysSmall() {
		assertThat(RehearsalReportPage.of(TestRehearsalReports.large(285)).length()).isLessThan(10_000_000);
	}

	private static JsonNode data(String page) {
		Matcher data = DATA.matcher(page);
		assertThat(data.find()).isTrue();
		return JsonMapper.shared().readTree(data.group(1));
	}

}
