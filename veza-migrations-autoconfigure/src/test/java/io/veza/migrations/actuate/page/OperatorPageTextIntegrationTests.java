package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import io.veza.migrations.testsupport.MigrationFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others have written is text for the operator's page, whatever it looks like.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageTextIntegrationTests {

	private static final String IMAGE = "<img src=x onerror=window.hacked=1>";

	private static final String SCRIPT = "<script>window.hacked = 1</script>";

	private static final String FILE = "004_" + IMAGE + ".sql";

	@TempDir
	static Path path;

	private static PageApplication application;

	private final Browser browser = Browser.get();

	private MigrationFolder folder;

	@BeforeAll
	static void startApplication() {
		application = PageApplication.open(WebApplicationType.SERVLET, path,
				"spring.application.name=\"><script>window.hacked = 1</script>");
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@BeforeEach
	void becomeShop() throws IOException {
		this.folder = application.becomeShop();
	}

	@Test
	void nameMetadataAndSqlOfAMigrationAreText() {
		this.folder.with(
				FILE, "-- Author: " + IMAGE + SCRIPT + "\n-- " + SCRIPT + ": " + IMAGE + "\nSELECT '" + SCRIPT
						+ "', $x$" + IMAGE + "$x$ AS \"" + SCRIPT + "\"; /* " + IMAGE + " */",
				"SELECT '" + IMAGE + SCRIPT + "';");
		ShownPage page = open();
		assertThat(page.textOf("004")).contains(IMAGE, SCRIPT);

		MigrationSection details = page.open("004");
		assertThat(details.up()).contains("SELECT '" + SCRIPT + "', $x$" + IMAGE + "$x$ AS \"" + SCRIPT + "\"; /* ");
		assertThat(details.down()).contains(IMAGE, SCRIPT);
		assertThat(details.metadata()).contains(IMAGE, SCRIPT);
		page.search(IMAGE);
		this.browser.eventually(() -> assertThat(page.versions()).containsExactly("004"));
		assertNothingRan();
	}

	@Test
	void planReasonAndEventsAreText() {
		this.folder.with(FILE, "SELECT '" + SCRIPT + "';", "SELECT '" + SCRIPT + "';");
		ShownPage page = open();

		OperationDialog dialog = page.openMigrate().to("all").makePlan();
		assertThat(dialog.plan("statements")).contains(FILE, "SELECT '" + SCRIPT + "'");
		Operations.confirm(dialog, application).reason(IMAGE + SCRIPT).run().at("result");
		assertThat(dialog.result()).contains(IMAGE);
		dialog.close();

		assertThat(page.open("004").events()).contains(IMAGE + SCRIPT);
		assertNothingRan();
	}

	@Test
	void messagesOfTheServerAreText() {
		this.folder.with(FILE, "DO $$ BEGIN RAISE EXCEPTION '" + IMAGE + "' USING HINT = '" + SCRIPT + "'; END $$;",
				"SELECT 1;");
		ShownPage page = open();
		this.browser.expectError("status of 500");

		OperationDialog dialog = page.openMigrate().to("all").makePlan();
		Operations.confirm(dialog, application).run().at("problem");

		assertThat(dialog.problem()).contains(IMAGE, SCRIPT, FILE);
		dialog.close();
		assertNothingRan();
	}

	@Test
	void nameOfTheApplicationIsText() {
		assertThat(open().field("application")).contains("\"><script>window.hacked = 1</script>");
		assertNothingRan();
	}

	@Test
	void documentHasNeitherScriptNorStyleNorHandlerOfItsOwn() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(application.url()))
			.header("Accept", "text/html")
			.build();

		HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
		assertThat(response.body()).doesNotContainPattern("(?i)\\son[a-z]+\\s*=")
			.doesNotContainPattern("(?i)\\sstyle\\s*=")
			.doesNotContainPattern("(?i)<style")
			.doesNotContainPattern("(?i)<script(?![^>]* src=)")
			.doesNotContainPattern("(?i)(src|href)=\"(https?:)?//")
			.contains("script-src 'self'");
	}

	private void assertNothingRan() {
		assertThat(this.browser.truth("return window.hacked === undefined")).as("nothing ran").isTrue();
		assertThat(this.browser.number("return document.images.length")).isZero();
		assertThat(this.browser.number("return document.scripts.length")).isOne();
		assertThat(this.browser.texts("""
				return [...document.querySelectorAll('*')].flatMap((part) => [...part.attributes])
					.filter((attribute) => attribute.name.startsWith('on'))
					.map((attribute) => attribute.name)""")).isEmpty();
	}

	private ShownPage open() {
		return ShownPage.open(this.browser, application.url());
	}

}
