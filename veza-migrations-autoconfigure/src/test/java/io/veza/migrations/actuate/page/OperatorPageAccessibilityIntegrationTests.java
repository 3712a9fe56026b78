package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who can use the operator's page, and with what.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageAccessibilityIntegrationTests {

	private static final int PHONE = 360;

	@TempDir
	static Path path;

	private static PageApplication application;

	private final Browser browser = Browser.get();

	private final Axe axe = new Axe();

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
		this.folder = application.becomeShop()
			.with("004_add_price.sql", "ALTER TABLE orders ADD COLUMN price int;",
					"-- irreversible: prices are agreed upon");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void listAndDetailsKeepTheRules(boolean dark) {
		ShownPage page = open(dark);
		assertAccessible("list");

		page.open("001");
		assertAccessible("details");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyStepOfARollbackKeepsTheRules(boolean dark) {
		OperationDialog dialog = open(dark).openRollback();
		assertAccessible("choose");
		dialog.count(2).makePlan();
		assertAccessible("plan");
		dialog.confirm();
		assertAccessible("confirm");
		dialog.reason("because").typed(application.database().name()).run().at("result");
		assertAccessible("result");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void problemKeepsTheRules(boolean dark) {
		this.folder.with("005_add_weight.sql", "ALTER TABLE orders ADD COLUMN weight itn;", "SELECT 1;");
		ShownPage page = open(dark);
		this.browser.expectError("status of 500");

		OperationDialog dialog = page.openMigrate().to("all").makePlan();
		Operations.confirm(dialog, application).run().at("problem");

		assertAccessible("problem");
	}

	@Test
	void runThatWaitsKeepsTheRules() throws SQLException {
		ShownPage page = open(false);
		OperationDialog dialog = Operations.confirm(page.openMigrate().to("all").makePlan(), application);
		try (TestSession reader = TestSession.executed(application.database().dataSource(),
				"BEGIN; SELECT * FROM orders")) {
			dialog.run().at("running");
			this.browser
				.eventually(() -> assertThat(page.running("waitingFor")).contains(String.valueOf(reader.pid())));

			assertAccessible("running");
		}
		dialog.at("result");
	}

	@Test
	void whatIsWrongKeepsTheRules() {
		this.folder.with("001_create_customers.sql", "SELECT 2;", "DROP TABLE customers;");
		open(false);
		this.browser.click("#check-drift");

		assertAccessible("problems");
	}

	@Test
	void rollbackNeedsNoMouse() {
		ShownPage page = open(false);

		reach("#open-rollback").press(Keys.ENTER);
		reach("#make-plan").press(Keys.ENTER);
		OperationDialog dialog = OperationDialog.in(this.browser).withPlan();
		reach("#to-confirm").press(Keys.ENTER);
		dialog.at("confirm");
		reach("#reason").press("because");
		reach("#typed").press(application.database().name());
		reach("#run").press(Keys.ENTER);
		dialog.at("result");
		reach("#operation-close").press(Keys.ENTER);

		page.awaitState("held");
		assertThat(page.stateOf("003")).isEqualTo("held");
		assertFocus("#open-rollback");
	}

	@Test
	void detailsNeedNoMouse() {
		open(false);

		reach("#timeline button.entry").press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
		assertFocus("#timeline > li[data-version=\"002\"] button.entry");
		this.browser.press(Keys.ENTER);
		MigrationSection.opened(this.browser, "002");
		reach("#details-close").press(Keys.ENTER);

		assertFocus("#timeline > li[data-version=\"002\"] button.entry");
	}

	@Test
	void everythingFitsOnAPhone() {
		this.browser.useScreen(PHONE, 800);
		ShownPage page = open(false);
		assertFits("list");
		page.open("002").close();
		assertFits("details");
		OperationDialog dialog = page.openRollback().count(2).makePlan();
		assertFits("plan");
		Operations.confirm(dialog, application);
		assertFits("confirm");
		dialog.run().at("result");
		assertFits("result");
	}

	private Browser reach(String css) {
		this.browser.eventually(() -> assertThat(this.browser.has(css)).as(css).isTrue());
		for (int i = 0; i < 100 && !hasFocus(css); i++) {
			this.browser.press(Keys.TAB);
		}
		assertFocus(css);
		return this.browser;
	}

	private void assertFocus(String css) {
		this.browser.eventually(() -> assertThat(hasFocus(css)).as(css + " has the focus").isTrue());
	}

	private boolean hasFocus(String css) {
		return this.browser.truth("return document.activeElement.matches(arguments[0])", css);
	}

	private void assertFits(String what) {
		assertThat(this.browser.number("return document.documentElement.scrollWidth")).as(what)
			.isLessThanOrEqualTo(PHONE);
		assertThat(this.browser.texts(
				"""
						return [...document.querySelectorAll('dialog[open], dialog[open] button, #details:not([hidden]), header, main')]
							.filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > arguments[0])
							.map((part) => part.outerHTML.slice(0, 200))""",
				PHONE))
			.as(what)
			.isEmpty();
	}

	private void assertAccessible(String what) {
		assertThat(this.axe.violations(this.browser)).as(what).isEmpty();
	}

	private ShownPage open(boolean dark) {
		this.browser.useColours(dark);
		return ShownPage.open(this.browser, application.url());
	}

}
