package io.veza.migrations.actuate.page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page shows of one migration.
 */
final class MigrationSection {

	private final Browser browser;

	private MigrationSection(Browser browser) {
		this.browser = browser;
	}

	static MigrationSection opened(Browser browser, String version) {
		browser.eventually(() -> assertThat(browser.shows("#details[data-version=\"" + version + "\"] code"))
			.as("\"" + version + "\" is shown")
			.isTrue());
		return new MigrationSection(browser);
	}

	String up() {
		return this.browser.text("#details [data-section=up] pre code");
	}

	String down() {
		return this.browser.text("#details [data-section=down] pre code");
	}

	String metadata() {
		return this.browser.text("#metadata");
	}

	String events() {
		return this.browser.text("#events");
	}

	void close() {
		this.browser.click("#details-close");
		this.browser.eventually(() -> assertThat(this.browser.shows("#details")).as("details are shown").isFalse());
	}

}
