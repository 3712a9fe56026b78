package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the documentation when {@code -Dveza.test.pictures=true} asks for
 * it.
 */
@EnabledIfBrowser
@EnabledIfSystemProperty(named = "veza.test.pictures", matches = "true")
@Timeout(120)
class OperatorPagePicturesIntegrationTests {

	private static final Path PICTURES = Path.of("..", "docs", "images");

	private static PageApplication application;

	private final Browser browser = Browser.get();

	@BeforeAll
	static void startApplication() {
		application = Chat.start();
	}

	@AfterAll
	static void closeApplication() {
		application.close();
	}

	@BeforeEach
	void becomeChat() {
		Chat.fill(application);
		this.browser.useScreen(1280, 960);
		this.browser.useColours(false);
		this.browser.hideScrollbars();
	}

	@Test
	void list() throws IOException {
		open();
		this.browser.click("#check-drift");
		this.browser.eventually(() -> assertThat(this.browser.text("#drift")).contains("none"));
		take("list");

		this.browser.useColours(true);
		take("list-dark");
	}

	@Test
	void details() throws IOException {
		open().open("011");

		take("details");
	}

	@Test
	void rollback() throws IOException {
		OperationDialog dialog = open().openRollback().count(2).makePlan();
		take("plan");

		dialog.confirm().reason("uploads of attachments time out").typed("chat");
		take("confirm");

		dialog.run().at("result");
		take("result");
	}

	@Test
	void phone() throws IOException {
		this.browser.useScreen(360, 760);
		open();

		take("phone");
	}

	private ShownPage open() {
		return ShownPage.open(this.browser, application.url());
	}

	private void take(String name) throws IOException {
		this.browser.takePicture(PICTURES.resolve("page-" + name + ".png"));
	}

}
