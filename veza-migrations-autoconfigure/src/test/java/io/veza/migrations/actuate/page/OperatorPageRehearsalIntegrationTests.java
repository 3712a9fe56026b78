package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.Reversibility;
import io.veza.migrations.actuate.TestApplication;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page makes of a rehearsal whose report is packaged with the application.
 */
@EnabledIfBrowser
@Timeout(120)
class OperatorPageRehearsalIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	@TempDir
	static Path path;

	private static ConfigurableApplicationContext context;

	private final Browser browser = Browser.get();

	@BeforeAll
	static void startApplication() throws IOException {
		MigrationFolder folder = MigrationFolder.in(path.resolve("files"))
			.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
		RehearsalFiles.write(TestRehearsalReports.of(verdicts(folder)), path.resolve("classes/META-INF"));
		URLClassLoader classes = new URLClassLoader(new URL[] { path.resolve("classes").toUri().toURL() },
				OperatorPageRehearsalIntegrationTests.class.getClassLoader());
		context = TestApplication.start(
				new SpringApplicationBuilder(TestApplication.class).resourceLoader(new DefaultResourceLoader(classes)),
				WebApplicationType.SERVLET, database, folder, TestApplication.WITHOUT_SECURITY,
				TestApplication.UNRESTRICTED, "veza.migrations.mode=migrate");
	}

	@AfterAll
	static void closeApplication() {
		context.close();
		database.drop();
	}

	@Test
	void findingsStandWithTheMigrationAndForceIsAskedForOnlyWhereTheyForbidItsRollback() {
		ShownPage page = ShownPage.open(this.browser, url());
		page.open("2");
		assertThat(this.browser.text("#findings")).contains("its DOWN does not restore the schema",
				"down-does-not-restore");

		OperationDialog dialog = page.openRollback().count(1).makePlan();
		assertThat(dialog.plan("problems")).contains("does not restore the schema");
		assertThat(dialog.mayBeConfirmed()).isFalse();
		this.browser.click("#force");
		this.browser.eventually(() -> assertThat(dialog.mayBeConfirmed()).isTrue());
		dialog.confirm().reason("it has to go").typed(database.name()).run().at("result");

		assertThat(database.objects()).contains("r public.a").doesNotContain("r public.b");
	}

	private static Map<Migration, Reversibility> verdicts(MigrationFolder folder) {
		List<Migration> files = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(folder.location()))
			.load();
		Map<Migration, Reversibility> verdicts = new LinkedHashMap<>();
		verdicts.put(files.get(0), Reversibility.EXACT);
		verdicts.put(files.get(1), Reversibility.NO);
		return verdicts;
	}

	private static String url() {
		return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.management.port")
				+ "/actuator/migrations";
	}

}
