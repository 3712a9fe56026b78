package io.veza.migrations.actuate;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint makes of a report that is packaged with the application.
 */
@Timeout(120)
class RehearsedRollbackIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	@TempDir
	static Path path;

	private static ConfigurableApplicationContext context;

	private static HttpApi api;

	@BeforeAll
	static void startApplication() throws IOException {
		MigrationFolder folder = files();
		Map<Migration, Reversibility> verdicts = new LinkedHashMap<>();
		List<Migration> files = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(folder.location()))
			.load();
		verdicts.put(files.get(0), Reversibility.EXACT);
		verdicts.put(files.get(1), Reversibility.NO);
		verdicts.put(files.get(2), Reversibility.DOWN_FAILED);
		RehearsalFiles.write(TestRehearsalReports.of(verdicts), path.resolve("classes/META-INF"));
		URLClassLoader classes = new URLClassLoader(new URL[] { path.resolve("classes").toUri().toURL() },
				RehearsedRollbackIntegrationTests.class.getClassLoader());
		context = TestApplication.start(
				new SpringApplicationBuilder(TestApplication.class).resourceLoader(new DefaultResourceLoader(classes)),
				WebApplicationType.SERVLET, database, folder, TestApplication.WITHOUT_SECURITY,
				TestApplication.UNRESTRICTED);
		api = TestApplication.api(context);
	}

	@AfterAll
	static void closeApplication() {
		context.close();
		database.drop();
	}

	@BeforeEach
	void migrate() {
		database.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
		files().withFile("3_c.sql", "-- UP\nCREATE TABLE c (id int);\n\n-- DOWN\nDROP TABLE c;\n");
		assertThat(api.post("/migrations/migrate", "{ \"to\": \"2\" }").status()).isEqualTo(200);
	}

	@Test
	void planShowsVerdictAndFindings() {
		HttpApi.Answer plan = api.get("/migrations/plan?operation=rollback&count=2");

		assertThat(plan.<String>at("$.migrations[0].rehearsal.reversibility")).isEqualTo("no");
		assertThat(plan.<String>at("$.migrations[0].rehearsal.findings[0].code")).isEqualTo("down-does-not-restore");
		assertThat(plan.<Integer>at("$.migrations[0].rehearsal.findings[0].line")).isEqualTo(4);
		assertThat(plan.<String>at("$.migrations[1].rehearsal.reversibility")).isEqualTo("exact");
		assertThat(plan.<List<String>>at("$.problems")).singleElement()
			.asString()
			.startsWith("The rehearsal of version \"2\" (b) has shown that its DOWN does not restore the schema:")
			.contains("column public.b.email is gone: text NOT NULL");
	}

	@Test
	void detailsShowVerdictAndFindings() {
		HttpApi.Answer details = api.get("/migrations/2");

		assertThat(details.<String>at("$.rehearsal.reversibility")).isEqualTo("no");
		assertThat(details.<String>at("$.rehearsal.findings[0].code")).isEqualTo("down-does-not-restore");
	}

	@Test
	void detailsOfAnotherFileSayNothing() {
		assertThat(api.get("/migrations/3").<Map<String, Object>>at("$")).containsKey("metadata")
			.doesNotContainKey("rehearsal");
	}

	@Test
	void planOfWhatIsPendingSaysNothingOfAnotherFile() {
		HttpApi.Answer plan = api.get("/migrations/plan?operation=migrate");

		assertThat(plan.<String>at("$.migrations[0].version")).isEqualTo("3");
		assertThat(plan.<Map<String, Object>>at("$.migrations[0]")).doesNotContainKey("rehearsal");
	}

	@Test
	void planOfWhatIsPendingShowsItsVerdictAndIsNotRefused() {
		files();

		HttpApi.Answer plan = api.get("/migrations/plan?operation=migrate");

		assertThat(plan.<String>at("$.migrations[0].rehearsal.reversibility")).isEqualTo("down-failed");
		assertThat(plan.<List<String>>at("$.problems")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ", \"force\": false", ", \"force\": \"false\"" })
	void rollbackThatIsKnownNotToRestoreIsRefused(String force) {
		HttpApi.Answer answer = api.post("/migrations/rollback", "{ \"count\": 1" + force + " }");

		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>at("$.problems")).singleElement()
			.asString()
			.contains("column public.b.email is gone")
			.endsWith("or roll back nevertheless with \"force\": true (veza.migrations.rollback.force=true "
					+ "for the command).");
		assertThat(database.objects()).contains("r public.b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "\"true\"" })
	void rollbackWithForceRunsThePlanThatWasLookedAt(String force) {
		String token = api.get("/migrations/plan?operation=rollback&count=1").at("$.token");

		HttpApi.Answer answer = api.post("/migrations/rollback",
				"{ \"count\": 1, \"token\": \"" + token + "\", \"force\": " + force + " }");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<List<String>>at("$.warnings")).anyMatch((warning) -> warning.endsWith("\"force\" is set."));
		assertThat(database.objects()).doesNotContain("r public.b");
	}

	@Test
	void planWithForceWarnsAndHasTheSameToken() {
		HttpApi.Answer plain = api.get("/migrations/plan?operation=rollback&count=1");
		HttpApi.Answer forced = api.post("/migrations/plan",
				"{ \"operation\": \"rollback\", \"count\": 1, \"force\": true }");

		assertThat(forced.<List<String>>at("$.problems")).isEmpty();
		assertThat(forced.<List<String>>at("$.warnings")).anyMatch((warning) -> warning.endsWith("\"force\" is set."));
		assertThat(forced.<String>at("$.token")).isEqualTo(plain.at("$.token"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "\"yes\"", "\"\"", "\"TRUE\"" })
	void forceThatIsNeitherTrueNorFalseIsAnError(String force) {
		HttpApi.Answer answer = api.post("/migrations/rollback", "{ \"count\": 1, \"force\": " + force + " }");

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.<String>at("$.detail")).contains("\"force\" is ");
	}

	@Test
	void forceIsNoArgumentOfMigrate() {
		assertThat(api.post("/migrations/migrate", "{ \"force\": true }").status()).isEqualTo(400);
	}

	@Test
	void downThatWasStoredFromAnotherFileIsNotWhatWasRehearsed() throws IOException {
		api.post("/migrations/migrate", "{}");
		database.execute("UPDATE schema_migrations SET down_sql = 'DROP TABLE b; --' WHERE version = '2'");
		Files.delete(path.resolve("files/3_c.sql"));

		HttpApi.Answer plan = api.get("/migrations/plan?operation=rollback&count=2");

		assertThat(plan.<String>at("$.migrations[1].source")).isEqualTo("stored");
		assertThat(plan.<Map<String, Object>>at("$.migrations[1]")).doesNotContainKey("rehearsal");
		assertThat(plan.<List<String>>at("$.problems")).isEmpty();
	}

	private static MigrationFolder files() {
		return MigrationFolder.in(path.resolve("files"))
			.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;")
			.with("3_c.sql", "CREATE TABLE c (id bigint);", "DROP TABLE c;");
	}

}
