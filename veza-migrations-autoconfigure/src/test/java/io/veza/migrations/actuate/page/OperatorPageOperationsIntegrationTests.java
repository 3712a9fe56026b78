package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be done with the operator's page: with Spring MVC and nobody asked who they
 * are, and with WebFlux, a login and CSRF protection.
 */
@EnabledIfBrowser
@ParameterizedClass
@EnumSource(names = { "MVC", "WEBFLUX_LOGIN" })
@Timeout(120)
class OperatorPageOperationsIntegrationTests {

	@TempDir
	static Path path;

	private static PageApplication application;

	@Parameter
	Place place;

	private final Browser browser = Browser.get();

	private MigrationFolder folder;

	@BeforeParameterizedClassInvocation
	static void startApplication(Place place) {
		application = place.start(path);
	}

	@AfterParameterizedClassInvocation
	static void closeApplication() {
		application.close();
	}

	@BeforeEach
	void becomeShop() throws IOException {
		this.folder = application.becomeShop();
	}

	@Test
	void migrateShowsPlanAndResult() {
		this.folder.with("004_add_price.sql", "ALTER TABLE orders ADD COLUMN price int;",
				"ALTER TABLE orders DROP COLUMN price;");
		ShownPage page = open();
		assertThat(page.state()).isEqualTo("pending");

		OperationDialog dialog = page.openMigrate().to("all").makePlan();
		assertThat(dialog.plan("statements")).contains("ALTER TABLE orders ADD COLUMN price int");
		Operations.confirm(dialog, application).run().at("result");

		assertThat(dialog.result()).contains("004", "add_price").containsPattern("\\d\\s*ms");
		dialog.close();
		page.awaitState("up-to-date");
		assertThat(page.stateOf("004")).isEqualTo("applied");
		assertThat(page.textOf("004")).contains(this.place.operator());
	}

	@Test
	void migrateToAVersionLeavesTheOthersPending() {
		this.folder.with("004_a.sql", "SELECT 1;", "SELECT 1;").with("005_b.sql", "SELECT 1;", "SELECT 1;");
		ShownPage page = open();

		OperationDialog dialog = page.openMigrate().to("004").makePlan();
		Operations.confirm(dialog, application).run().at("result").close();

		page.awaitState("pending");
		assertThat(page.stateOf("005")).isEqualTo("pending");
		assertThat(page.stateOf("004")).isEqualTo("applied");
	}

	@Test
	void rollbackShowsPlanBackupAndVerification() {
		ShownPage page = open();

		OperationDialog dialog = page.openRollback().count(2).makePlan();
		assertThat(dialog.plan("statements")).contains("DROP INDEX CONCURRENTLY orders_customer", "DROP TABLE orders",
				"002_create_orders.sql");
		assertThat(dialog.plan("losses")).contains("public.orders");
		assertThat(dialog.plan("tables")).contains("public.orders");
		assertThat(dialog.plan("backup")).contains("veza_backup");
		Operations.confirm(dialog, application).run().at("result");

		assertThat(dialog.result()).contains("003", "002", "veza_backup", "public.orders");
		assertThat(dialog.result()).containsIgnoringCase("exact");
		dialog.close();
		page.awaitState("held");
		assertThat(page.stateOf("002")).isEqualTo("held");
		assertThat(page.textOf("002")).contains("Held");
	}

	@Test
	void rollbackToAVersionKeepsIt() {
		ShownPage page = open();

		OperationDialog dialog = page.openRollback().to("001").makePlan();
		Operations.confirm(dialog, application).run().at("result").close();

		page.awaitState("held");
		assertThat(application.database().query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void nothingRunsWithoutReasonAndTheNameOfTheDatabase() {
		OperationDialog dialog = open().openRollback().count(1).makePlan().confirm();
		assertThat(dialog.mayRun()).isFalse();

		assertThat(dialog.typed(application.database().name()).mayRun()).isFalse();
		assertThat(dialog.reason("   ").mayRun()).isFalse();
		assertThat(dialog.reason("because").mayRun()).isTrue();
		assertThat(dialog.typed("another_database").mayRun()).isFalse();
	}

	@Test
	void planThatChangedIsShownAgainAndRunsThen() {
		ShownPage page = open();
		OperationDialog dialog = Operations.confirm(page.openRollback().count(1).makePlan(), application);
		this.folder.with("004_add_price.sql", "SELECT 4;", "SELECT 40;");
		application.migrate();
		this.browser.expectError("status of 409");

		dialog.run().at("problem");
		assertThat(this.browser.text("#problem [data-problem=changed]")).contains("something was applied");
		dialog.useNewPlan();
		assertThat(dialog.plan("statements")).contains("SELECT 40");
		Operations.confirm(dialog, application).run().at("result");

		assertThat(dialog.result()).contains("004").doesNotContain("003");
	}

	@Test
	void sqlThatFailsIsShownWithItsPlace() {
		this.folder.with("004_add_price.sql", "SELECT 1;\nALTER TABLE orders ADD COLUMN price itn;", "SELECT 1;");
		ShownPage page = open();
		OperationDialog dialog = Operations.confirm(page.openMigrate().to("all").makePlan(), application);
		this.browser.expectError("status of 500");

		dialog.run().at("problem");

		assertThat(dialog.problem()).contains("004_add_price.sql:3:37", "ALTER TABLE orders ADD COLUMN price itn",
				"type \"itn\" does not exist");
		assertThat(dialog.problem()).containsPattern("(?m)^ *\\^");
		dialog.close();
		page.awaitState("failed");
		assertThat(page.stateOf("004")).isEqualTo("pending");
	}

	@Test
	void rollbackOfAnIrreversibleMigrationGoesNoFurtherThanItsPlan() {
		this.folder.with("004_forget_emails.sql", "SELECT 1;", "-- irreversible: emails are gone");
		application.migrate();

		OperationDialog dialog = open().openRollback().count(1).makePlan();

		assertThat(dialog.plan("problems")).contains("emails are gone");
		assertThat(dialog.mayBeConfirmed()).isFalse();
	}

	@Test
	void migrationThatWaitsForALockSaysForWhom() throws SQLException {
		this.folder.with("004_add_price.sql", "SELECT 1;\nALTER TABLE orders ADD COLUMN price int;", "SELECT 1;");
		ShownPage page = open();
		OperationDialog dialog = Operations.confirm(page.openMigrate().to("all").makePlan(), application);
		try (TestSession reader = TestSession.executed(application.database().dataSource(),
				"BEGIN; SELECT * FROM orders")) {
			dialog.run().at("running");

			page.awaitState("waiting");
			this.browser
				.eventually(() -> assertThat(page.running("waitingFor")).contains(String.valueOf(reader.pid())));
			assertThat(page.running("operation")).contains("Migrate");
			assertThat(page.running("requestedBy")).contains(this.place.operator());
			assertThat(page.running("version")).contains("004");
			assertThat(page.running("statement")).contains("2");
			assertThat(page.stateOf("004")).isEqualTo("running");
		}
		dialog.at("result").close();
		page.awaitState("up-to-date");
		assertThat(this.browser.shows("#running")).isFalse();
	}

	@Test
	void runOfSomebodyElseIsFollowed() throws SQLException {
		this.folder.with("004_index_state.sql", "CREATE INDEX CONCURRENTLY orders_state ON orders (state);",
				"DROP INDEX CONCURRENTLY orders_state;");
		try (TestSession writer = TestSession.executed(application.database().dataSource(),
				"BEGIN; INSERT INTO orders VALUES (3, 1, 'open')")) {
			CompletableFuture<Void> run = application.startToMigrate();
			ShownPage page = open();

			this.browser
				.eventually(() -> assertThat(page.running("progress")).contains("waiting for writers before build"));
			writer.execute("ROLLBACK");
			run.join();
			page.awaitState("up-to-date");
			assertThat(page.stateOf("004")).isEqualTo("applied");
		}
	}

	@Test
	void closeOfTheDialogRunsNothing() {
		OperationDialog dialog = open().openRollback().count(1).makePlan();

		dialog.close();

		assertThat(application.database().query("SELECT version FROM schema_migrations ORDER BY version"))
			.containsExactly("001", "002", "003");
		assertThat(this.browser.truth("return document.activeElement.id === 'open-rollback'")).isTrue();
	}

	private ShownPage open() {
		return this.place.open(this.browser, application);
	}

}
