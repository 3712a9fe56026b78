package io.veza.migrations.actuate;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import com.jayway.jsonpath.JsonPath;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets the page, and who gets JSON, with both web stacks.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET", "REACTIVE" })
@Timeout(120)
class OperatorPageHttpIntegrationTests {

	private static final String MIGRATIONS = "/actuator/migrations";

	private static final String V3 = "application/vnd.spring-boot.actuator.v3+json";

	@TempDir
	static Path path;

	private static ConfigurableApplicationContext context;

	private static PageClient client;

	@Parameter
	WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void startApplication(WebApplicationType type) {
		MigrationFolder folder = MigrationFolder.in(path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		context = TestApplication.start(type, TestDatabase.create(), folder, TestApplication.WITHOUT_SECURITY,
				"spring.application.name=shop");
		client = PageClient.of(context);
	}

	@AfterParameterizedClassInvocation
	static void closeApplication() {
		context.close();
	}

	@Test
	void whoSaysNothingGetsJson() {
		HttpResponse<String> list = client.get(MIGRATIONS);

		assertThat(PageClient.contentType(list)).isEqualTo(V3);
		assertThat(JsonPath.<String>read(list.body(), "$.state")).isEqualTo("pending");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                             | application/vnd.spring-boot.actuator.v3+json
			*/*                                            | application/vnd.spring-boot.actuator.v3+json
			application/json                               | application/json
			application/json, text/plain, */*              | application/json
			application/problem+json                       | application/json
			application/problem+json, application/json     | application/json
			application/vnd.spring-boot.actuator.v3+json   | application/vnd.spring-boot.actuator.v3+json
			application/vnd.spring-boot.actuator.v2+json   | application/vnd.spring-boot.actuator.v2+json
			""")
	void whoAcceptsJsonGetsJson(String accept, String contentType) {
		HttpResponse<String> list = client.get(MIGRATIONS + "?drift=true", "Accept", accept);

		assertThat(list.statusCode()).isEqualTo(200);
		assertThat(PageClient.contentType(list)).isEqualTo(contentType);
		assertThat(JsonPath.<String>read(list.body(), "$.pending[0].version")).isEqualTo("001");
	}

	@ParameterizedTest
	@ValueSource(strings = { PageClient.BROWSER, "text/html", "text/*" })
	void whoAcceptsHtmlGetsThePage(String accept) {
		HttpResponse<String> page = client.get(MIGRATIONS, "Accept", accept);

		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(PageClient.contentType(page)).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.body()).startsWith("<!doctype html>").contains("data-application=\"shop\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?drift=true", "?continue" })
	void pageIsTheSameWhateverTheArgumentsAre(String arguments) {
		assertThat(client.open(MIGRATIONS + arguments).body()).startsWith("<!doctype html>");
	}

	@ParameterizedTest
	@CsvSource({ "page.js, '*/*', text/javascript;charset=UTF-8", "model.js, '*/*', text/javascript;charset=UTF-8",
			"page.css, 'text/css,*/*;q=0.1', text/css;charset=UTF-8" })
	void scriptAndStyleLieBeside(String file, String accept, String contentType) {
		HttpResponse<String> response = client.get(MIGRATIONS + "/" + file, "Accept", accept);

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(PageClient.contentType(response)).isEqualTo(contentType);
		assertThat(response.body()).isNotBlank().doesNotStartWith("{");
		assertThat(response.headers().map()).doesNotContainKeys("cache-control", "etag", "last-modified");
		assertThat(client.get(MIGRATIONS + "/" + file + "?v=1").statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "page.txt", "page.html", "page.js/page.js", "page.js/model.js", "model", "Model.js",
			"..%2Fpage.html", "..%2Factuate%2Fmodel.js" })
	void nothingElseIsServed(String file) {
		assertThat(client.get(MIGRATIONS + "/" + file).statusCode()).isIn(400, 404);
	}

	@Test
	void unknownFileIsAProblem() {
		HttpResponse<String> response = client.get(MIGRATIONS + "/page.txt");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(PageClient.contentType(response)).isEqualTo("application/problem+json");
		assertThat(JsonPath.<String>read(response.body(), "$.detail"))
			.isEqualTo("There is no \"page.txt\" here. Name a version of the list, or ask for \"plan\".");
	}

	@Test
	void oneMigrationIsJsonInABrowserToo() {
		HttpResponse<String> migration = client.open(MIGRATIONS + "/001");

		assertThat(JsonPath.<String>read(migration.body(), "$.state")).isEqualTo("pending");
	}

}
