package io.veza.migrations.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.MimeType;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorPageTests {

	private static final Pattern IMPORT = Pattern.compile("from '\\./([^']*)';");

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

		assertThat(page.file("page.js")).isPresent();
		assertThat(page.file("page.css")).isPresent();
	}

	@Test
	void everyModuleOfTheScriptIsServed() throws IOException {
		OperatorPage page = new OperatorPage(() -> "/actuator/migrations", "shop");

		assertThat(modules()).hasSizeGreaterThan(1).allSatisfy((module) -> {
			byte[] content = module.getContentAsByteArray();
			assertThat(page.file(String.valueOf(module.getFilename()))).get()
				.extracting(WebEndpointResponse::getBody, WebEndpointResponse::getContentType)
				.containsExactly(content, MimeType.valueOf("text/javascript;charset=UTF-8"));
		});
	}

	@Test
	void everyModuleImportsOnlyWhatLiesBesideIt() throws IOException {
		OperatorPage page = new OperatorPage(() -> "/actuator/migrations", "shop");

		for (Resource module : modules()) {
			assertThat(importsOf(module)).as(module.getFilename())
				.allSatisfy((name) -> assertThat(page.file(name)).isPresent());
		}
	}

	@Test
	void noModuleImportsItselfThroughOthers() throws IOException {
		Map<String, List<String>> imports = new HashMap<>();
		for (Resource module : modules()) {
			imports.put(String.valueOf(module.getFilename()), importsOf(module));
		}

		// what imports nothing that is left is in no circle
		boolean removed = true;
		while (removed) {
			Set<String> left = Set.copyOf(imports.keySet());
			removed = imports.values().removeIf((imported) -> Collections.disjoint(imported, left));
		}

		assertThat(imports).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "page.html", "page.txt", "page", "PAGE.JS", "./page.js", "/page.js", "x/../page.js",
			"../actuate/page.js", "page.js/", "OperatorPage.class" })
	void nothingElseIsServed(String name) {
		assertThat(new OperatorPage(() -> "/actuator/migrations", "shop").file(name)).isEmpty();
	}

	private static List<String> importsOf(Resource module) throws IOException {
		return IMPORT.matcher(module.getContentAsString(StandardCharsets.UTF_8))
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

	private static Resource[] modules() throws IOException {
		return new PathMatchingResourcePatternResolver().getResources("classpath*:io/veza/migrations/actuate/*.js");
	}

	private static String text(WebEndpointResponse<byte[]> response) {
		return new String(response.getBody(), StandardCharsets.UTF_8);
	}

}
