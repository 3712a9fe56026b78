package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are late, that never come, and that nobody expects.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageAnswersIntegrationTests {

	@TempDir
	static Path path;

	private static PageApplication application;

	private final Browser browser = Browser.get();

	private MigrationFolder folder;

	@BeforeAll
	static void startApplication() {
		application = PageApplication.open(WebApplicationType.SERVLET, path);
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@BeforeEach
	void becomeShop() throws IOException {
		this.folder = application.becomeShop();
		this.folder.with("004_add_price.sql", "ALTER TABLE orders ADD COLUMN price int;",
				"ALTER TABLE orders DROP COLUMN price;");
	}

	@Test
	void runWhoseAnswerNeverComesIsFollowedToItsEnd() throws SQLException {
		OperationDialog dialog = confirmedMigrate();
		replaceFetch("(url, options) => options.method === 'POST' "
				+ "? (original(url, options), new Promise(() => {})) : original(url, options)");
		try (TestSession reader = reader()) {
			dialog.run().at("running");
			this.browser.eventually(() -> assertThat(this.browser.text("#operation-progress")).contains("004"));
			reader.execute("ROLLBACK");
		}

		assertThat(dialog.at("result").result()).contains("004: applied");
	}

	@Test
	void runOfSomebodyElseIsNotTakenForTheRefusedOne() throws SQLException {
		OperationDialog dialog = confirmedMigrate();
		replaceFetch("(url, options) => options.method === 'POST' "
				+ "? new Promise((then) => { window.send = () => then(original(url, options)); }) : original(url, options)");
		this.browser.expectError("status of 409");
		try (TestSession reader = reader()) {
			CompletableFuture<Void> run = application.startToMigrate();
			dialog.run().at("running");
			this.browser.eventually(() -> assertThat(this.browser.text("#operation-progress")).contains("004"));
			this.browser.truth("window.send()");
			this.browser.eventually(() -> assertThat(this.browser.text("#lost")).contains("whether it is this one"));
			reader.execute("ROLLBACK");
			run.join();
		}

		assertThat(dialog.at("problem").problem()).contains("is running");
	}

	@Test
	void nothingElseCanBeBegunWhileAnOperationRuns() {
		OperationDialog dialog = confirmedMigrate();
		replaceFetch("() => new Promise(() => {})");

		dialog.run().at("running");

		assertThat(this.browser.truth("return document.getElementById('open-rollback').disabled")).isTrue();
		assertThat(this.browser.truth("return document.getElementById('open-migrate').disabled")).isTrue();
	}

	@Test
	void timeThatTheBrowserCannotWriteIsShownAsItIs() {
		application.database()
			.execute("UPDATE schema_migrations SET applied_at = '12024-01-01 10:00' WHERE version = '002'");

		ShownPage page = open();

		assertThat(page.textOf("002")).contains("12024-01-01");
		assertThat(page.textOf("003")).contains("Applied");
	}

	@Test
	void addressThatNamesNoMigrationShowsTheList() {
		ShownPage page = ShownPage.open(this.browser, application.url() + "#/100%");

		assertThat(page.versions()).hasSize(4);
		this.browser.truth("location.hash = '#/002'");
		this.browser.eventually(() -> assertThat(this.browser.text("#details")).contains("create_orders"));
	}

	private OperationDialog confirmedMigrate() {
		return Operations.confirm(open().openMigrate().to("all").makePlan(), application);
	}

	private ShownPage open() {
		return ShownPage.open(this.browser, application.url());
	}

	private static TestSession reader() throws SQLException {
		return TestSession.executed(application.database().dataSource(), "BEGIN; SELECT * FROM orders");
	}

	private void replaceFetch(String function) {
		this.browser.truth("const original = window.fetch.bind(window); window.fetch = " + function);
	}

}
