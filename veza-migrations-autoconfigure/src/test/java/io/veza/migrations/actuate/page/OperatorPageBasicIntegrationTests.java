package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

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
 * The operator's page with HTTP basic, with CSRF protection by cookie.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageBasicIntegrationTests {

	@TempDir
	static Path path;

	private static PageApplication application;

	private final Browser browser = Browser.get();

	@BeforeAll
	static void startApplication() {
		application = PageApplication.start(BasicSecurity.class, WebApplicationType.SERVLET, path,
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
	void accountOfTheAddressIsUsed() {
		String account = Accounts.OPERATOR + ":" + Accounts.PASSWORD + "@";
		ShownPage page = ShownPage.open(this.browser, application.url().replace("://", "://" + account));

		Operations.rollBackLast(page, application).close();

		assertThat(page.open("003").events()).contains(Accounts.OPERATOR);
	}

	@Test
	void accountThatTheBrowserSendsIsUsed() {
		byte[] account = (Accounts.OPERATOR + ":" + Accounts.PASSWORD).getBytes(StandardCharsets.UTF_8);
		this.browser.sendHeaders(Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(account)));
		ShownPage page = ShownPage.open(this.browser, application.url());

		Operations.rollBackLast(page, application).close();

		assertThat(page.open("003").events()).contains(Accounts.OPERATOR);
	}

}
