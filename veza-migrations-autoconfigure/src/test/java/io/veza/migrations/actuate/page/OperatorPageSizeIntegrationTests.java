package io.veza.migrations.actuate.page;

import java.nio.file.Path;

import io.veza.migrations.testsupport.MigrationFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator's page with thousands of migrations.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageSizeIntegrationTests {

	private static final int COUNT = 2000;

	private final Browser browser = Browser.get();

	@Test
	void thousandsAreListedAndFound(@TempDir Path path) {
		MigrationFolder folder = MigrationFolder.in(path);
		for (int i = 1; i <= COUNT; i++) {
			folder.with("%04d_step_%d_of_many.sql".formatted(i, i), "SELECT " + i + ";", "SELECT 1;");
		}
		try (PageApplication application = PageApplication.open(WebApplicationType.SERVLET, path)) {
			ShownPage page = ShownPage.open(this.browser, application.url());

			assertThat(page.versions()).hasSize(COUNT).startsWith("2000", "1999").endsWith("0002", "0001");
			page.search("step_77_");
			this.browser.eventually(() -> assertThat(page.versions()).containsExactly("0077"));
			assertThat(page.open("0077").up()).contains("SELECT 77;");
		}
	}

}
