package io.veza.migrations.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.MigrateRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.test.web.servlet.client.StatusAssertions;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
class SampleApplicationIntegrationTests {

	private static final String MIGRATIONS = "/actuator/migrations";

	private static final List<String> ALL = List.of("001", "002", "003", "004", "005", "006");

	@TempDir
	private static Path directory;

	@LocalServerPort
	private int port;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Migrator migrator;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("sample.postgres.data-directory", directory::toString);
	}

	@AfterEach
	void migrateAndEmptyTheTables() {
		this.migrator.migrate(MigrateRequest.all().releasingHeld());
		this.jdbc.sql("TRUNCATE users, user_profiles, chat_rooms, chat_messages, users_original_emails").update();
	}

	@Test
	void listAsViewerShowsAllAppliedAtTheStart() {
		viewer().get(MIGRATIONS)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.state")
			.isEqualTo("up-to-date")
			.jsonPath("$.applied[*].version")
			.isEqualTo(ALL)
			.jsonPath("$.applied[4].transactional")
			.isEqualTo(false);
	}

	@Test
	void rollbackAsOperatorTakesTheLatestBack() {
		rollBack(1).isOk();

		viewer().get(MIGRATIONS)
			.expectBody()
			.jsonPath("$.state")
			.isEqualTo("held")
			.jsonPath("$.applied.length()")
			.isEqualTo(5)
			.jsonPath("$.pending[*].version")
			.isEqualTo("006");
	}

	@Test
	void rollbackAsAnyoneElseIsRefused() {
		Map<String, Integer> body = Map.of("count", 1);

		viewer().post(MIGRATIONS + "/rollback", body).expectStatus().isForbidden();
		anonymous().post(MIGRATIONS + "/rollback", body).expectStatus().isUnauthorized();
		assertAllApplied();
	}

	@Test
	void listAsNobodyIsRefused() {
		anonymous().get(MIGRATIONS).expectStatus().isUnauthorized();
	}

	@Test
	void viewerGetsThePageInABrowser() {
		viewer().browse(MIGRATIONS)
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("data-application=\"veza-sample\""));
		viewer().get(MIGRATIONS + "/page.js").expectStatus().isOk();
		anonymous().browse(MIGRATIONS).expectStatus().isUnauthorized().expectHeader().exists("WWW-Authenticate");
	}

	@Test
	void postFromBrowserNeedsTheTokenOfItsCookie() {
		Map<String, String> plan = Map.of("operation", "rollback", "count", "1");
		String token = operator().browse(MIGRATIONS)
			.returnResult()
			.getResponseCookies()
			.getFirst("XSRF-TOKEN")
			.getValue();

		operator().postFromBrowser(MIGRATIONS + "/plan", plan, token, token).expectStatus().isOk();
		operator().postFromBrowser(MIGRATIONS + "/plan", plan, token, "guessed").expectStatus().isForbidden();
		operator().postFromBrowser("/api/users", newUser("ada@example.org"), token, "guessed")
			.expectStatus()
			.isForbidden();
		viewer().postFromBrowser(MIGRATIONS + "/plan", plan, token, token).expectStatus().isForbidden();
	}

	@Test
	void rollbackWithoutTheTokenOfItsPlanIsRefused() {
		operator().post(MIGRATIONS + "/rollback", Map.of("count", 1)).expectStatus().isBadRequest();

		assertAllApplied();
	}

	@Test
	void postOfPlanRunsNothing() {
		operator().post(MIGRATIONS + "/plan", Map.of("operation", "rollback", "count", 6))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.migrations[0].version")
			.isEqualTo("006");

		assertAllApplied();
	}

	@Test
	void rollbackOfAllLeavesNothingButTheHistory() {
		rollBack(6).isOk();

		assertThat(this.jdbc.sql("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
			.query(String.class)
			.list()).isNotEmpty().allMatch((name) -> name.contains("schema_migration"));
		assertThat(this.jdbc.sql("SELECT to_regproc('update_updated_at_column') IS NULL").query(Boolean.class).single())
			.isTrue();
	}

	@Test
	void rollbackOfDataMigrationBringsTheExactRowsBack() {
		rollBack(1).isOk();
		insertUser("Ada@Example.org");
		insertUser("grace@example.org");
		List<Map<String, Object>> before = users();

		this.migrator.migrate(MigrateRequest.all().releasingHeld());
		assertThat(users()).extracting("email").containsExactly("ada@example.org", "grace@example.org");
		rollBack(1).isOk();

		assertThat(users()).isEqualTo(before);
	}

	@Test
	void conversationCanBeWrittenAndRead() {
		UUID user = id(operator().post("/api/users", newUser("ada@example.org")));
		UUID room = id(operator().post("/api/rooms", Map.of("name", "Engines", "ownerId", user)));
		operator().post("/api/rooms/" + room + "/messages", Map.of("authorId", user, "body", "Hello"))
			.expectStatus()
			.isCreated();

		anonymous().get("/api/rooms/" + room + "/messages")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$[0].body")
			.isEqualTo("Hello")
			.jsonPath("$[0].authorId")
			.isEqualTo(user.toString());
	}

	@Test
	void postWithInvalidFieldsNamesThem() {
		operator().post("/api/users", Map.of("email", "ada", "password", "secret-enough", "firstName", "Ada"))
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.fields.length()")
			.isEqualTo(2)
			.jsonPath("$.fields.email")
			.exists()
			.jsonPath("$.fields.lastName")
			.exists();
	}

	@Test
	void postOfTakenAddressIsAConflict() {
		operator().post("/api/users", newUser("ada@example.org")).expectStatus().isCreated();

		operator().post("/api/users", newUser("ADA@example.org"))
			.expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The name or e-mail address is taken. Choose another.");
	}

	@Test
	void postForUnknownUserOrRoomIsRefused() {
		Map<String, Object> room = Map.of("name", "Engines", "ownerId", UUID.randomUUID());

		operator().post("/api/rooms", room).expectStatus().isEqualTo(422);
		anonymous().get("/api/rooms/" + UUID.randomUUID() + "/messages").expectStatus().isNotFound();
		anonymous().get("/api/users/" + UUID.randomUUID()).expectStatus().isNotFound();
	}

	@Test
	void postAsNobodyIsRefused() {
		anonymous().post("/api/users", newUser("ada@example.org")).expectStatus().isUnauthorized();

		anonymous().get("/api/users").expectStatus().isOk().expectBody().json("[]");
	}

	private StatusAssertions rollBack(int count) {
		PlanWithToken plan = viewer().get(MIGRATIONS + "/plan?operation=rollback&count=" + count)
			.expectBody(PlanWithToken.class)
			.returnResult()
			.getResponseBody();
		return operator()
			.post(MIGRATIONS + "/rollback", Map.of("count", count, "token", plan.token(), "reason", "trying it out"))
			.expectStatus();
	}

	private void assertAllApplied() {
		viewer().get(MIGRATIONS).expectBody().jsonPath("$.applied[*].version").isEqualTo(ALL);
	}

	private void insertUser(String email) {
		this.jdbc.sql("""
				INSERT INTO users (email, password_hash, first_name, last_name, updated_at)
				VALUES (:email, 'none', 'First', 'Last', '2024-01-01 12:00')""").param("email", email).update();
	}

	private List<Map<String, Object>> users() {
		return this.jdbc.sql("SELECT id, email, updated_at FROM users ORDER BY lower(email)").query().listOfRows();
	}

	private static Map<String, String> newUser(String email) {
		return Map.of("email", email, "password", "secret-enough", "firstName", "Ada", "lastName", "Lovelace");
	}

	private static UUID id(ResponseSpec response) {
		return response.expectStatus().isCreated().expectBody(Created.class).returnResult().getResponseBody().id();
	}

	private RunningSample operator() {
		return RunningSample.as("operator", this.port);
	}

	private RunningSample viewer() {
		return RunningSample.as("viewer", this.port);
	}

	private RunningSample anonymous() {
		return RunningSample.as(null, this.port);
	}

	/**
	 * What every created thing has.
	 *
	 * @param id the id
	 */
	record Created(UUID id) {

	}

	/**
	 * What of a plan is handed back.
	 *
	 * @param token its token
	 */
	private record PlanWithToken(String token) {

	}

}
