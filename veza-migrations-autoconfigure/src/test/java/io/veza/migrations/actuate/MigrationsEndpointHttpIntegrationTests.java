package io.veza.migrations.actuate;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the endpoint promises over HTTP, with both web stacks, over a pool of one
 * connection.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET", "REACTIVE" })
@Timeout(120)
class MigrationsEndpointHttpIntegrationTests {

	@TempDir
	static Path path;

	private static TestDatabase database;

	private static ConfigurableApplicationContext context;

	private static HttpApi api;

	@Parameter
	WebApplicationType type;

	private MigrationFolder folder;

	@BeforeParameterizedClassInvocation
	static void startApplication(WebApplicationType type) {
		database = TestDatabase.create();
		context = TestApplication.start(type, database, MigrationFolder.in(path), TestApplication.WITHOUT_SECURITY,
				TestApplication.UNRESTRICTED);
		api = TestApplication.api(context);
	}

	@AfterParameterizedClassInvocation
	static void closeApplication() {
		context.close();
	}

	@BeforeEach
	void emptyFolderAndDatabase() throws IOException {
		FileSystemUtils.deleteRecursively(path);
		this.folder = MigrationFolder.in(path);
		database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	}

	@Test
	void listShowsPendingMigrationsWithoutSql() {
		twoTables();

		HttpApi.Answer answer = api.get("/migrations");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.contentType()).startsWith("application/json");
		assertThat(answer.<String>at("$.state")).isEqualTo("pending");
		assertThat(answer.<Boolean>at("$.writable")).isTrue();
		assertThat(answer.<String>at("$.database.name")).isEqualTo(database.name());
		assertThat(answer.<List<String>>at("$.pending[*].version")).containsExactly("001", "002");
		assertThat(answer.<Boolean>at("$.pending[0].transactional")).isTrue();
		assertThat(answer.<Boolean>at("$.pending[0].reversible")).isTrue();
		assertThat(answer.body()).doesNotContain("CREATE TABLE", "\"running\"");
	}

	@Test
	void migrateAppliesAndReports() {
		twoTables();

		HttpApi.Answer answer = api.post("/migrations/migrate", "{}");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>at("$.operationId")).isNotEmpty();
		assertThat(answer.<String>at("$.operation")).isEqualTo("migrate");
		assertThat(answer.<List<String>>at("$.migrations[*].version")).containsExactly("001", "002");
		assertThat(answer.<Integer>at("$.migrations[0].durationMs")).isNotNegative();
		HttpApi.Answer list = api.get("/migrations");
		assertThat(list.<String>at("$.state")).isEqualTo("up-to-date");
		assertThat(list.<String>at("$.applied[0].appliedAt")).endsWith("Z");
		assertThat(list.<String>at("$.applied[0].appliedBy")).isEqualTo("anonymous");
		assertThat(list.<Integer>at("$.applied[0].executionTimeMs")).isNotNegative();
	}

	@Test
	void rollbackTakesBackTheLast() {
		migrate(twoTables());

		HttpApi.Answer answer = api.post("/migrations/rollback", """
				{ "count": 1, "reason": "it broke" }""");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<List<String>>at("$.migrations[*].version")).containsExactly("002");
		assertThat(database.objects()).contains("r public.first").doesNotContain("r public.second");
		HttpApi.Answer details = api.get("/migrations/002");
		assertThat(details.<String>at("$.state")).isEqualTo("held");
		assertThat(details.<List<String>>at("$.events[?(@.operation == 'rollback')].reason")).contains("it broke");
	}

	@Test
	void listShowsWhatIsHeldByWhomSinceWhenAndWhy() {
		migrate(twoTables());
		api.post("/migrations/rollback", "{ \"count\": 1, \"reason\": \"it broke\" }");

		HttpApi.Answer list = api.get("/migrations");

		assertThat(list.<String>at("$.state")).isEqualTo("held");
		assertThat(list.<String>at("$.pending[0].state")).isEqualTo("held");
		assertThat(list.<String>at("$.pending[0].heldBy")).isEqualTo("anonymous");
		assertThat(list.<String>at("$.pending[0].heldSince")).endsWith("Z");
		assertThat(list.<String>at("$.pending[0].heldReason")).isEqualTo("it broke");
	}

	@Test
	void migrateWithoutATokenLeavesOutWhatIsHeldAndSaysSo() {
		migrate(twoTables());
		api.post("/migrations/rollback", "{ \"count\": 1 }");

		HttpApi.Answer answer = api.post("/migrations/migrate", "{}");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<List<String>>at("$.migrations")).isEmpty();
		assertThat(answer.<String>at("$.warnings[0]")).contains("Not applied: \"002\"");
	}

	@Test
	void planOfMigrateShowsWhatItsTokenReleases() {
		migrate(twoTables());
		api.post("/migrations/rollback", "{ \"count\": 2 }");

		HttpApi.Answer plan = api.get("/migrations/plan?operation=migrate");

		assertThat(plan.<List<String>>at("$.migrations[*].version")).containsExactly("001", "002");
		assertThat(plan.<List<String>>at("$.warnings")).hasSize(2)
			.allMatch((warning) -> warning.contains("This plan applies it again, which releases it"));
	}

	@Test
	void rollbackWithTargetKeepsIt() {
		migrate(twoTables());

		assertThat(api.post("/migrations/rollback", "{ \"to\": \"001\" }").status()).isEqualTo(200);

		assertThat(database.query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void planThatIsPostedWithTheBodyOfRollbackRunsNothing() {
		migrate(twoTables());

		HttpApi.Answer answer = api.post("/migrations/plan", """
				{ "operation": "rollback", "count": 1 }""");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>at("$.operation")).isEqualTo("rollback");
		assertThat(answer.<String>at("$.migrations[0].statements[0].sql")).isEqualTo("DROP TABLE second");
		assertThat(answer.<Integer>at("$.migrations[0].statements[0].line")).isPositive();
		assertThat(answer.<List<String>>at("$.segments[0].versions")).containsExactly("002");
		assertThat(database.objects()).contains("r public.second");
	}

	@Test
	void planIsReadWithQueryParameters() {
		twoTables();

		HttpApi.Answer migrate = api.get("/migrations/plan?operation=migrate&to=001");
		HttpApi.Answer rollback = api.get("/migrations/plan?operation=rollback&count=5");

		assertThat(migrate.<List<String>>at("$.migrations[*].version")).containsExactly("001");
		assertThat(rollback.<String>at("$.problems[0]")).contains("5 migration(s)");
	}

	@Test
	void argumentThatBearsTheNameOfThePathVariableIsRefused() {
		migrate(twoTables());

		assertRefused(api.post("/migrations/plan", "{ \"action\": \"rollback\", \"count\": 1 }"), 400, "\"action\"");
		assertRefused(api.post("/migrations/plan?action=rollback", "{ \"count\": 1 }"), 400, "\"action\"");
		assertRefused(api.get("/migrations/001?item=002"), 400, "\"item\"");
		assertThat(database.objects()).contains("r public.second");
	}

	@Test
	void argumentsThatAreWrongAreNamedTogether() {
		HttpApi.Answer answer = api.post("/migrations/rollback", """
				{ "count": "two", "to": "x", "cuont": 1, "force": "yes" }""");

		assertRefused(answer, 400, "\"count\" is \"two\"", "\"to\": \"x\"", "\"cuont\" is not an argument here",
				"\"force\" is \"yes\". Give true or false.");
		assertThat(answer.<List<String>>at("$.problems")).hasSize(4);
		assertRefused(api.get("/migrations?verbose=true"), 400, "\"verbose\"");
		assertRefused(api.get("/migrations/plan?count=1"), 400, "\"operation\" is missing");
	}

	@Test
	void whatDoesNotExistIsNotFound() {
		twoTables();

		assertRefused(api.get("/migrations/003"), 404, "\"003\"");
		assertRefused(api.get("/migrations/rollback"), 404, "\"rollback\"");
		assertRefused(api.post("/migrations/destroy", "{}"), 404, "\"destroy\"");
		assertRefused(api.post("/migrations/plan/rollback", "{}"), 404, "\"plan/rollback\"");
	}

	@Test
	void detailsShowSqlMetadataAndEvents() {
		migrate(this.folder.with("001_first.sql", """
				-- Author: Ada
				CREATE TABLE first (id int);""", "DROP TABLE first;"));

		HttpApi.Answer answer = api.get("/migrations/1");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>at("$.up")).contains("CREATE TABLE first");
		assertThat(answer.<String>at("$.down")).contains("DROP TABLE first");
		assertThat(answer.<String>at("$.downSource")).isIn("stored", "file");
		assertThat(answer.<Boolean>at("$.truncated")).isFalse();
		assertThat(answer.<String>at("$.metadata.Author")).isEqualTo("Ada");
		assertThat(answer.<String>at("$.events[0].operation")).isEqualTo("migrate");
	}

	@Test
	void failureSaysWhereAndWhatTheStateIs() {
		this.folder.with("001_first.sql", "CREATE TABLE first (id int);\nSELEC 1;", "SELECT 1;");

		HttpApi.Answer answer = api.post("/migrations/migrate", "{}");

		assertRefused(answer, 500, "001_first.sql:3:1", "SELEC 1");
		assertThat(answer.<Integer>at("$.line")).isEqualTo(3);
		assertThat(answer.<String>at("$.sqlState")).isEqualTo("42601");
		assertThat(answer.<String>at("$.version")).isEqualTo("001");
		assertThat(answer.<String>at("$.state")).isEqualTo("failed");
		assertThat(database.objects()).doesNotContain("r public.first");
		migrate(this.folder.with("001_first.sql", "CREATE TABLE first (id int);", "SELECT 1;"));
	}

	@Test
	void fullDiskOfTheHistoryIsAFailureOfTheServer() {
		migrate(this.folder.with("001_first.sql", "SELECT 1;", "SELECT 1;"));
		database.execute("""
				CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql
				AS $$BEGIN RAISE disk_full USING MESSAGE = 'could not extend file'; END$$;
				CREATE TRIGGER fill_disk BEFORE INSERT ON schema_migrations EXECUTE FUNCTION fill_disk()""");
		this.folder.with("002_second.sql", "CREATE TABLE second (id int);", "DROP TABLE second;");

		HttpApi.Answer answer = api.post("/migrations/migrate", "{}");

		assertRefused(answer, 500, "could not be written: could not extend file", "free some space");
		assertThat(answer.<String>at("$.type")).isEqualTo("urn:veza:migrations:history-failed");
		assertThat(answer.<String>at("$.sqlState")).isEqualTo("53100");
		assertThat(answer.<String>at("$.state")).isEqualTo("failed");
	}

	@Test
	void rollbackOfIrreversibleMigrationIsRefused() {
		migrate(this.folder.with("001_first.sql", "SELECT 1;", "-- irreversible: data is gone"));

		HttpApi.Answer answer = api.post("/migrations/rollback", "{ \"count\": 1 }");

		assertRefused(answer, 422, "irreversible: data is gone");
		assertThat(answer.<String>at("$.state")).isEqualTo("up-to-date");
	}

	@Test
	void appliedFileThatCannotBeReadHidesNoOther() {
		migrate(twoTables());
		this.folder.withFile("002_second.sql", "-- UP\nSELECT 1;\n");
		database.execute("UPDATE schema_migrations SET checksum = "
				+ "encode(sha256(E'-- UP\\nSELECT 1;\\n'), 'hex') WHERE version = '002'");

		HttpApi.Answer list = api.get("/migrations");

		assertThat(list.<String>at("$.state")).isEqualTo("invalid");
		assertThat(list.<List<String>>at("$.applied[*].version")).containsExactly("001", "002");
		assertThat(list.<List<Boolean>>at("$.applied[*].reversible")).containsExactly(true);
		assertThat(list.<List<String>>at("$.problems")).singleElement()
			.asString()
			.contains("002_second.sql", "-- DOWN");
	}

	@Test
	void invalidFilesAreListedAndRefused() {
		this.folder.withFile("bad name.sql", "SELECT 1;");

		HttpApi.Answer list = api.get("/migrations");

		assertThat(list.status()).isEqualTo(200);
		assertThat(list.<String>at("$.state")).isEqualTo("invalid");
		assertThat(list.<String>at("$.problems[0]")).contains("bad name.sql");
		assertRefused(api.post("/migrations/migrate", "{}"), 422, "bad name.sql");
	}

	@Test
	void baselineRecordsAndRepairAcceptsWhatChanged() {
		twoTables();
		HttpApi.Answer baseline = api.post("/migrations/baseline", "{ \"version\": \"001\" }");
		assertThat(baseline.<List<String>>at("$.migrations[*].version")).containsExactly("001");
		this.folder.with("001_first.sql", "SELECT 2;", "SELECT 1;");
		assertRefused(api.post("/migrations/migrate", "{}"), 422, "001_first.sql");

		HttpApi.Answer repair = api.post("/migrations/repair", "{ \"acceptChanged\": \"001\" }");

		assertThat(repair.<List<String>>at("$.migrations[*].version")).containsExactly("001");
		migrate(this.folder);
	}

	@Test
	void operationExcludesOthersAndGoesOnWhenTheClientGoesAway() throws SQLException {
		twoTables();
		try (Connection connection = database.connect(); Statement blocker = connection.createStatement()) {
			connection.setAutoCommit(false);
			blocker.execute("CREATE TABLE second (id int)");
			CompletableFuture<HttpResponse<String>> client = api.start("/migrations/migrate", "{}");
			await().until(() -> context.getBean(Migrator.class).running().isPresent());
			assertBusy();

			client.cancel(true);
			connection.rollback();
		}

		await().until(() -> api.get("/migrations").at("$.state"), "up-to-date"::equals);
		assertThat(database.objects()).contains("r public.first", "r public.second");
	}

	private static void assertBusy() {
		HttpApi.Answer busy = api.post("/migrations/rollback", "{ \"count\": 1 }");
		assertRefused(busy, 409, "migrate requested by \"anonymous\"");
		assertThat(busy.<String>at("$.since")).endsWith("Z");
		assertThat(busy.<String>at("$.requestedBy")).isEqualTo("anonymous");
		assertThat(busy.<String>at("$.state")).isEqualTo("running");
		assertThat(api.get("/migrations").<String>at("$.running.operation")).isEqualTo("migrate");
	}

	private static void assertRefused(HttpApi.Answer answer, int status, String... details) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.contentType()).startsWith("application/problem+json");
		assertThat(answer.<String>at("$.type")).startsWith("urn:veza:migrations:");
		assertThat(answer.<String>at("$.title")).isNotEmpty();
		assertThat(answer.<Integer>at("$.status")).isEqualTo(status);
		assertThat(answer.<String>at("$.detail")).contains(details);
	}

	private MigrationFolder twoTables() {
		return this.folder.with("001_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;")
			.with("002_second.sql", "CREATE TABLE second (id int);", "DROP TABLE second;");
	}

	private static void migrate(MigrationFolder folder) {
		assertThat(api.post("/migrations/migrate", "{}").status()).as(folder.location()).isEqualTo(200);
	}

}
