package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;

import io.veza.migrations.actuate.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator's page behind a login page, with CSRF protection by cookie.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageSessionIntegrationTests {

	@TempDir
	static Path path;

	private static PageApplication application;

	private final Browser browser = Browser.get();

	@BeforeAll
	static void startApplication() {
		application = PageApplication.start(SessionSecurity.class, WebApplicationType.SERVLET, path,
				TestApplication.UNRESTRICTED);
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@BeforeEach
	void becomeShop() throws IOException {
		application.becomeShop();
	}

	@Test
	void viewerMayLookAndIsToldSo() {
		ShownPage page = open(Accounts.VIEWER);
		OperationDialog dialog = Operations.confirm(page.openRollback().count(1).makePlan(), application);
		this.browser.expectError("status of 403");

		dialog.run().at("problem");

		assertThat(dialog.problem()).contains("You may look, but not change anything");
		awaitBanner("You may look, but not change anything");
		assertThat(application.database().query("SELECT version FROM schema_migrations")).hasSize(3);
	}

	@Test
	void nothingRunsWithoutTheCsrfToken() {
		ShownPage page = open(Accounts.OPERATOR);
		OperationDialog dialog = Operations.confirm(page.openRollback().count(1).makePlan(), application);
		this.browser.expectError("status of 403");
		this.browser.truth("document.cookie = 'XSRF-TOKEN=; path=/; max-age=0'");

		dialog.run().at("problem");

		assertThat(dialog.problem()).contains("XSRF-TOKEN");
		assertThat(application.database().query("SELECT version FROM schema_migrations")).hasSize(3);
	}

	@Test
	void endOfTheSessionIsTold() {
		open(Accounts.OPERATOR);

		this.browser.forgetCookies();
		this.browser.click("#check-drift");

		awaitBanner("You are signed out. Load the page again to sign in.");
	}

	private ShownPage open(String account) {
		this.browser.open(application.url());
		Accounts.logIn(this.browser, account);
		return ShownPage.opened(this.browser);
	}

	private void awaitBanner(String text) {
		this.browser.eventually(() -> {
			assertThat(this.browser.shows("#error")).isTrue();
			assertThat(this.browser.text("#error")).contains(text);
		});
	}

}
