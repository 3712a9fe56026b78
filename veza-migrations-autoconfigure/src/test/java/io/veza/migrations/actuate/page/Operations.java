package io.veza.migrations.actuate.page;

/**
 * Operations from the first click to the result.
 */
final class Operations {

	static final String REASON = "orders are slow";

	private Operations() {
	}

	/**
	 * Roll back the last migration.
	 * @param page the page
	 * @param application the application
	 * @return the dialog, which shows the result
	 */
	static OperationDialog rollBackLast(ShownPage page, PageApplication application) {
		return confirm(page.openRollback().count(1).makePlan(), application).run().at("result");
	}

	/**
	 * Apply all that is pending.
	 * @param page the page
	 * @param application the application
	 * @return the dialog, which shows the result
	 */
	static OperationDialog migrate(ShownPage page, PageApplication application) {
		return confirm(page.openMigrate().to("all").makePlan(), application).run().at("result");
	}

	/**
	 * Confirm a plan.
	 * @param dialog shows the plan
	 * @param application the application
	 * @return the dialog, in which one more click runs it
	 */
	static OperationDialog confirm(OperationDialog dialog, PageApplication application) {
		return dialog.confirm().reason(REASON).typed(application.database().name());
	}

}
