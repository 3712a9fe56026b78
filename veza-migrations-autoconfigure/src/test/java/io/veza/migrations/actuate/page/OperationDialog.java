package io.veza.migrations.actuate.page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dialog that leads from a choice to a result.
 */
final class OperationDialog {

	private static final String DIALOG = "dialog#operation[open]";

	private final Browser browser;

	private OperationDialog(Browser browser) {
		this.browser = browser;
	}

	static OperationDialog in(Browser browser) {
		return new OperationDialog(browser);
	}

	static OperationDialog opened(Browser browser) {
		return in(browser).at("choose");
	}

	/**
	 * Wait for a step.
	 * @param step its name
	 * @return this dialog
	 */
	OperationDialog at(String step) {
		this.browser
			.eventually(() -> assertThat(this.browser.find(DIALOG).getDomAttribute("data-step")).isEqualTo(step));
		return this;
	}

	OperationDialog count(int count) {
		this.browser.click("input[name=amount][value=count]");
		this.browser.type("#count-value", String.valueOf(count));
		return this;
	}

	OperationDialog to(String version) {
		if (this.browser.has("input[name=amount][value=to]")) {
			this.browser.click("input[name=amount][value=to]");
		}
		this.browser.select("#to-value", version);
		return this;
	}

	/**
	 * Return what the choice would do, or why it cannot be.
	 * @return the text below the choice
	 */
	String preview() {
		return this.browser.text("#preview");
	}

	OperationDialog makePlan() {
		this.browser.click("#make-plan");
		return withPlan();
	}

	/**
	 * Wait for the plan.
	 * @return this dialog
	 */
	OperationDialog withPlan() {
		at("plan");
		this.browser.eventually(() -> assertThat(this.browser.shows("#plan")).as("the plan is shown").isTrue());
		return this;
	}

	/**
	 * Return a part of the plan.
	 * @param part its name
	 * @return its text
	 */
	String plan(String part) {
		return this.browser.text("#plan [data-plan=" + part + "]");
	}

	OperationDialog back() {
		this.browser.click("#back");
		return at("choose");
	}

	boolean mayBeConfirmed() {
		return this.browser.shows("#to-confirm") && this.browser.find("#to-confirm").isEnabled();
	}

	OperationDialog confirm() {
		this.browser.click("#to-confirm");
		return at("confirm");
	}

	OperationDialog reason(String reason) {
		this.browser.type("#reason", reason);
		return this;
	}

	OperationDialog typed(String database) {
		this.browser.type("#typed", database);
		return this;
	}

	boolean mayRun() {
		return this.browser.find("#run").isEnabled();
	}

	OperationDialog run() {
		this.browser.click("#run");
		return this;
	}

	String result() {
		return this.browser.text("#result");
	}

	String problem() {
		return this.browser.text("#problem");
	}

	OperationDialog useNewPlan() {
		this.browser.click("#use-new-plan");
		return withPlan();
	}

	void close() {
		this.browser.click("#operation-close");
		this.browser.eventually(() -> assertThat(this.browser.has(DIALOG)).as("the dialog is open").isFalse());
	}

}
