package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;

import io.veza.migrations.actuate.TestApplication;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator's page wherever an application puts its endpoint.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPagePlacesIntegrationTests {

	@TempDir
	Path path;

	private final Browser browser = Browser.get();

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "MVC", "WEBFLUX_LOGIN" })
	void rollbackAndMigrateLeadThereAndBack(Place place) throws IOException {
		try (PageApplication application = place.start(this.path)) {
			application.becomeShop();
			ShownPage page = place.open(this.browser, application);

			Operations.rollBackLast(page, application).close();
			page.awaitState("held");
			assertThat(page.open("003").events()).contains(place.operator(), "orders are slow");
			Operations.migrate(page, application).close();
			page.awaitState("up-to-date");
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void readOnlyEndpointShowsEverythingAndHasNoButtons(WebApplicationType type) throws IOException {
		try (PageApplication application = PageApplication.start(TestApplication.class, type, this.path,
				TestApplication.WITHOUT_SECURITY)) {
			application.becomeShop();

			ShownPage page = ShownPage.open(this.browser, application.url());

			assertThat(page.versions()).containsExactly("003", "002", "001");
			assertThat(page.open("002").up()).contains("CREATE TABLE orders");
			assertThat(this.browser.shows("#read-only")).isTrue();
			assertThat(this.browser.has("#open-migrate, #open-rollback")).isFalse();
		}
	}

}
