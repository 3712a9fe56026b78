package io.veza.migrations.actuate.page;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator's page as somebody sees it.
 */
final class ShownPage {

	private static final String VISIBLE_ENTRIES = """
			return [...document.querySelectorAll('#timeline > li')]
				.filter((entry) => entry.checkVisibility())
				.map((entry) => entry.dataset.version)""";

	private final Browser browser;

	private ShownPage(Browser browser) {
		this.browser = browser;
	}

	/**
	 * Open the page and wait for its list.
	 * @param browser the browser
	 * @param url the address
	 * @return the page
	 */
	static ShownPage open(Browser browser, String url) {
		browser.open(url);
		return new ShownPage(browser).loaded();
	}

	/**
	 * Return what is open in the browser, when it has its list.
	 * @param browser the browser
	 * @return the page
	 */
	static ShownPage opened(Browser browser) {
		return new ShownPage(browser).loaded();
	}

	ShownPage reload() {
		this.browser.reload();
		return loaded();
	}

	private ShownPage loaded() {
		this.browser
			.eventually(() -> assertThat(this.browser.has("body[data-loaded=true]")).as("the list is there").isTrue());
		return this;
	}

	String field(String name) {
		return this.browser.text("#summary [data-field=" + name + "]");
	}

	String state() {
		return String.valueOf(this.browser.find("#state").getDomAttribute("data-state"));
	}

	void awaitState(String state) {
		this.browser.eventually(() -> assertThat(state()).isEqualTo(state));
	}

	/**
	 * Return the versions that the list shows, from top to bottom.
	 * @return the versions
	 */
	List<String> versions() {
		return this.browser.texts(VISIBLE_ENTRIES);
	}

	String stateOf(String version) {
		return String.valueOf(this.browser.find(entry(version)).getDomAttribute("data-state"));
	}

	String textOf(String version) {
		return this.browser.text(entry(version));
	}

	private static String entry(String version) {
		return "#timeline > li[data-version=\"" + version + "\"]";
	}

	void search(String text) {
		this.browser.type("#search", text);
	}

	void filter(String state) {
		this.browser.select("#filter", state);
	}

	/**
	 * Open one migration.
	 * @param version the version
	 * @return what is shown of it
	 */
	MigrationSection open(String version) {
		this.browser.click(entry(version) + " button.entry");
		return MigrationSection.opened(this.browser, version);
	}

	OperationDialog openMigrate() {
		this.browser.click("#open-migrate");
		return OperationDialog.opened(this.browser);
	}

	OperationDialog openRollback() {
		this.browser.click("#open-rollback");
		return OperationDialog.opened(this.browser);
	}

	String running(String field) {
		return this.browser.text("#running [data-field=" + field + "]");
	}

}
