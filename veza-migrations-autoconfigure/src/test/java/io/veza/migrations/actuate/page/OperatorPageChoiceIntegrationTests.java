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
 * A version that was chosen on the operator's page and is then no longer to be had: the
 * page says so, and never takes more or others instead.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageChoiceIntegrationTests {

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
		this.folder = application.becomeShop()
			.with("004_a.sql", "SELECT 4;", "SELECT 40;")
			.with("005_b.sql", "SELECT 5;", "SELECT 50;")
			.with("006_c.sql", "SELECT 6;", "SELECT 60;");
	}

	@Test
	void migrateToAVersionThatIsGoneAsksToChooseAgain() {
		ShownPage page = open();
		OperationDialog dialog = page.openMigrate().to("005").makePlan();
		this.folder.without("005_b.sql");
		refreshUntilGone(page, "005");

		dialog.back();
		assertThat(dialog.preview()).isEqualTo("Version 005 is no longer there. Choose again.");
		this.browser.click("#make-plan");
		dialog.at("choose").to("004");

		assertThat(dialog.preview()).isEqualTo("Apply 1 migration: 004.");
		assertThat(dialog.makePlan().plan("statements")).contains("SELECT 4").doesNotContain("SELECT 6");
	}

	@Test
	void migrateToAVersionThatSomebodyElseHasAppliedAsksToChooseAgain() {
		ShownPage page = open();
		OperationDialog dialog = page.openMigrate().to("005").makePlan();
		application.migrate("005", "somebody", "in a hurry");
		refresh();
		this.browser.eventually(() -> assertThat(page.stateOf("005")).isEqualTo("applied"));

		dialog.back();

		assertThat(dialog.preview()).isEqualTo("Version 005 is no longer pending. Choose again.");
	}

	@Test
	void versionThatGoesWhileItIsChosenIsTold() {
		ShownPage page = open();
		OperationDialog dialog = page.openMigrate().to("005");
		assertThat(dialog.preview()).isEqualTo("Apply 2 migrations: 004, 005.");

		this.folder.without("005_b.sql");
		refreshUntilGone(page, "005");

		assertThat(dialog.preview()).isEqualTo("Version 005 is no longer there. Choose again.");
		this.browser.click("#make-plan");
		assertThat(dialog.at("choose").to("006").preview()).isEqualTo("Apply 2 migrations: 004, 006.");
	}

	@Test
	void rollbackToAVersionThatIsGoneAsksToChooseAgain() {
		ShownPage page = open();
		OperationDialog dialog = page.openRollback().to("002").makePlan();
		forgetOrders();
		refreshUntilGone(page, "002");

		dialog.back();
		assertThat(dialog.preview()).isEqualTo("Version 002 is no longer there. Choose again.");
		this.browser.click("#make-plan");
		dialog.at("choose").count(1);

		assertThat(dialog.preview()).isEqualTo("Roll back 1 migration: 003. The newest one is then 001.");
		assertThat(dialog.makePlan().plan("statements")).contains("DROP INDEX CONCURRENTLY orders_customer");
	}

	@Test
	void rollbackToAVersionThatIsTheNewestOneMeanwhileAsksToChooseAgain() {
		ShownPage page = open();
		OperationDialog dialog = page.openRollback().to("001").makePlan();
		application.database().execute("DELETE FROM schema_migrations WHERE version <> '001'");
		refresh();
		this.browser.eventually(() -> assertThat(page.stateOf("002")).isEqualTo("pending"));

		dialog.back();

		assertThat(dialog.preview()).isEqualTo("Version 001 is the newest one already. Choose again.");
	}

	private void forgetOrders() {
		application.database().execute("DELETE FROM schema_migrations WHERE version = '002'");
		this.folder.without("002_create_orders.sql");
	}

	private void refreshUntilGone(ShownPage page, String version) {
		refresh();
		this.browser.eventually(() -> assertThat(page.versions()).doesNotContain(version));
	}

	/** The page asks for the list when somebody looks at it again. */
	private void refresh() {
		this.browser.truth("document.dispatchEvent(new Event('visibilitychange'))");
	}

	private ShownPage open() {
		return ShownPage.open(this.browser, application.url());
	}

}
