package io.veza.migrations.actuate;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorPageTests {

	@ParameterizedTest
	@CsvSource({ "/actuator/migrations, migrations", "/migrations, migrations", "/actuator/operations/db, db",
			"/actuator/, actuator", "/, ." })
	void linksAreRelativeToTheLastSegmentOfThePath(String path, String segment) {
		assertThat(text(new OperatorPage(() -> path, "").html())).contains("href=\"" + segment + "/page.css\"")
			.contains("src=\"" + segment + "/page.js\"");
	}

	@Test
	void nameOfTheApplicationIsText() {
		OperatorPage page = new OperatorPage(() -> "/actuator/migrations", "\"><script>alert('1 & 2')</script>");

		assertThat(text(page.html()))
			.contains("data-application=\"&quot;&gt;&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;\"");
	}

	@Test
	void pathIsText() {
		OperatorPage page = new OperatorPage(() -> "/actuator/\"><b>", "shop");

		assertThat(text(page.html())).contains("href=\"&quot;&gt;&lt;b&gt;/page.css\"");
	}

	@Test
	void nothingOfThePageIsLeftToFill() {
		OperatorPage page = new OperatorPage(() -> "/actuator/migrations", "shop");

		assertThat(text(page.html())).doesNotContain("{endpoint}").doesNotContain("{application}");
	}

	@Test
	void pathIsNotAskedForBeforeThePageIs() {
		OperatorPage page = new OperatorPage(() -> {
			throw new IllegalStateException("not there yet");
		}, "shop");

		assertThat(page.script().getStatus()).isEqualTo(200);
		assertThat(page.style().getStatus()).isEqualTo(200);
	}

	private static String text(WebEndpointResponse<byte[]> response) {
		return new String(response.getBody(), StandardCharsets.UTF_8);
	}

}
