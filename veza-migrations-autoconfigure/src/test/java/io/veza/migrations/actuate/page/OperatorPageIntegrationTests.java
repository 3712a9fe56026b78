package io.veza.migrations.actuate.page;

import java.io.IOException;
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
 * What the operator's page shows.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageIntegrationTests {

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
	}

	@Test
	void headerTellsApplicationAndDatabase() {
		ShownPage page = open();

		assertThat(page.field("application")).contains("shop");
		assertThat(page.field("database")).contains(application.database().name());
		assertThat(page.field("schema")).contains("public");
		assertThat(page.field("user")).contains(application.database().user());
		assertThat(page.field("server")).containsPattern("\\d+\\.\\d+");
		assertThat(page.state()).isEqualTo("up-to-date");
	}

	@Test
	void listShowsPendingAboveAppliedNewestFirst() {
		this.folder.with("004_add_price.sql", "SELECT 1;", "SELECT 1;")
			.with("005_add_weight.sql", "SELECT 1;", "SELECT 1;");

		ShownPage page = open();

		assertThat(page.versions()).containsExactly("005", "004", "003", "002", "001");
		assertThat(page.stateOf("005")).isEqualTo("pending");
		assertThat(page.stateOf("003")).isEqualTo("applied");
		assertThat(page.textOf("001")).contains("001", "create", "customers", "Ada Lovelace", "Applied");
		assertThat(page.textOf("003")).containsIgnoringCase("not transactional");
	}

	@Test
	void searchAndFilterNarrowTheList() {
		this.folder.with("004_add_price.sql", "SELECT 1;", "SELECT 1;");
		ShownPage page = open();

		page.search("ORDERS");
		this.browser.eventually(() -> assertThat(page.versions()).containsExactly("003", "002"));
		assertThat(this.browser.text("#count")).contains("2");
		page.search("Hopper");
		this.browser.eventually(() -> assertThat(page.versions()).containsExactly("002"));
		page.search("");
		page.filter("pending");
		this.browser.eventually(() -> assertThat(page.versions()).containsExactly("004"));
		page.filter("all");
		this.browser.eventually(() -> assertThat(page.versions()).hasSize(4));
	}

	@Test
	void detailsShowMetadataSqlAndEvents() {
		MigrationSection details = open().open("001");

		assertThat(details.up()).contains("CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL);");
		assertThat(details.down()).contains("DROP TABLE customers;");
		assertThat(details.metadata()).contains("Ada Lovelace", "Who buys");
		assertThat(details.events()).contains("migrate", "success");
		details.close();
	}

	@Test
	void driftIsLookedAtWhenAsked() {
		ShownPage page = open();
		application.database().execute("ALTER TABLE orders ADD COLUMN by_hand text");

		this.browser.click("#check-drift");

		this.browser.eventually(() -> assertThat(this.browser.text("#drift")).contains("2 objects"));
		assertThat(this.browser.text("#drift-differences")).contains("public.orders.by_hand");
		assertThat(page.state()).isEqualTo("up-to-date");
	}

	@Test
	void schemaWithoutDriftIsSaidToBeSo() {
		open();
		String before = this.browser.text("#drift");

		this.browser.click("#check-drift");

		this.browser.eventually(() -> assertThat(this.browser.text("#drift")).isNotEqualTo(before));
		assertThat(this.browser.text("#drift")).doesNotContain("public.");
	}

	@Test
	void migrationThatStoppedHalfWayIsShownAsFailed() {
		this.folder.with("004_unique_state.sql", "CREATE UNIQUE INDEX CONCURRENTLY u ON orders (state);",
				"DROP INDEX u;");
		assertThat(application.tryToMigrate()).contains("004_unique_state.sql");

		ShownPage page = open();

		assertThat(page.state()).isEqualTo("failed");
		assertThat(page.stateOf("004")).isEqualTo("failed");
		assertThat(page.open("004").events()).contains("failure", "could not create unique index");
		application.database().execute("DELETE FROM orders WHERE id = 2");
		application.migrate();
	}

	@Test
	void migrationWithoutFileIsMissing() {
		this.folder.without("003_index_orders_customer.sql");

		ShownPage page = open();

		assertThat(page.stateOf("003")).isEqualTo("missing");
		assertThat(page.textOf("003")).contains("Missing");
		assertThat(page.open("003").down()).contains("DROP INDEX CONCURRENTLY orders_customer");
	}

	@Test
	void whatEveryRunWouldRefuseIsExplained() {
		this.folder.with("001_create_customers.sql", "SELECT 2;", "DROP TABLE customers;");

		ShownPage page = open();

		assertThat(page.state()).isEqualTo("invalid");
		assertThat(page.stateOf("001")).isEqualTo("changed");
		assertThat(this.browser.text("#problems")).contains("001_create_customers.sql", "accept the file with repair");
	}

	@Test
	void irreversibleMigrationBearsTheWord() {
		this.folder.with("004_forget_emails.sql", "SELECT 1;", "-- irreversible: emails are gone");

		ShownPage page = open();

		assertThat(page.textOf("004")).containsIgnoringCase("irreversible");
		assertThat(page.textOf("002")).doesNotContainIgnoringCase("irreversible");
	}

	@Test
	void chartsHaveNamesAndDescriptions() {
		open();

		assertThat(this.browser.texts("""
				return [...document.querySelectorAll('#chart-durations, #chart-months')]
					.map((chart) => chart.matches('svg') ? chart : chart.querySelector('svg'))
					.filter((svg) => svg.getAttribute('role') === 'img'
						&& svg.querySelector('title').textContent && svg.querySelector('desc').textContent)
					.map((svg) => svg.querySelectorAll('rect, circle, path, line').length > 0)"""))
			.containsExactly("true", "true");
	}

	@Test
	void pageWithoutItsApplicationSaysSo() throws IOException {
		PageApplication other = PageApplication.open(WebApplicationType.SERVLET, path.resolve("other"));
		ShownPage.open(this.browser, other.url());
		other.close();
		this.browser.expectError("net::ERR_CONNECTION_REFUSED");

		this.browser.click("#check-drift");

		this.browser.eventually(() -> assertThat(this.browser.text("#error")).contains("does not answer"));
	}

	private ShownPage open() {
		return ShownPage.open(this.browser, application.url());
	}

}
