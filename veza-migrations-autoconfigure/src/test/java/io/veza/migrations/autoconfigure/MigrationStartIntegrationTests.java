package io.veza.migrations.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.veza.migrations.autoconfigure.startup.StartFailedException;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MigrationStartIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private final List<ConfigurableApplicationContext> contexts = new CopyOnWriteArrayList<>();

	@TempDir
	private Path path;

	private MigrationFolder folder;

	@BeforeEach
	void writeMigration() {
		this.folder = MigrationFolder.in(this.path)
			.with("001_create_person.sql", "CREATE TABLE person (id bigint PRIMARY KEY, name varchar(255));",
					"DROP TABLE person;");
	}

	@AfterEach
	void closeContexts() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void startAppliesWhatIsPending() {
		run(Application.class);
		this.folder.with("002_add_email.sql", "ALTER TABLE person ADD email text;", "ALTER TABLE person DROP email;");
		run(Application.class);

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("001",
				"002");
	}

	@Test
	void failedMigrationIsExplainedWithItsPlace(CapturedOutput output) {
		this.folder.with("002_bad.sql", "CREATE TABLE a (id int);\nSELECT * FROM nope;", "DROP TABLE a;");

		assertThatExceptionOfType(StartFailedException.class).isThrownBy(() -> run(Application.class));

		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern("002_bad\\.sql:3:15: .*\"nope\" does not exist.*42P01")
			.contains("  SELECT * FROM nope\n                ^");
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void validateWhenSomethingIsPendingFailsAndWritesNothing(CapturedOutput output) {
		assertThatExceptionOfType(StartFailedException.class)
			.isThrownBy(() -> run(Application.class, "--veza.migrations.mode=validate"));

		assertThat(output).contains("veza.migrations.mode is validate, and 1 migration(s) are pending: \"001\".");
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void refusedTrafficIsLetInAfterAnOperatorsMigrate() {
		this.folder.with("002_bad.sql", "SELECT * FROM nope;", "SELECT 1;");
		ConfigurableApplicationContext context = run(Application.class, "--veza.migrations.on-failure=refuse-traffic");
		ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
		assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);

		this.folder.with("002_bad.sql", "SELECT 1;", "SELECT 1;");
		context.getBean(Migrator.class).migrate(MigrateRequest.all());

		await().until(availability::getReadinessState, ReadinessState.ACCEPTING_TRAFFIC::equals);
	}

	@Test
	void startAfterARollbackServesUnlessItIsToRefuseWhatIsHeld(CapturedOutput output) {
		Migrator migrator = run(Application.class).getBean(Migrator.class);
		migrator.rollback(Migrators.rollback(1));
		assertThat(readiness(run(Application.class))).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(output).containsOnlyOnce("Version \"001\" (create_person) was rolled back by \"olivia\"");
		ConfigurableApplicationContext strict = run(Application.class, "--veza.migrations.on-held=refuse-traffic");
		assertThat(readiness(strict)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);

		migrator.migrate(MigrateRequest.all().releasingHeld());

		await().until(() -> readiness(strict), ReadinessState.ACCEPTING_TRAFFIC::equals);
	}

	@Test
	void startThatReleasesAppliesWhatWasRolledBack() {
		run(Application.class).getBean(Migrator.class).rollback(Migrators.rollback(1));

		run(Application.class, "--veza.migrations.release-held=true", "--veza.migrations.on-held=refuse-traffic");

		assertThat(this.database.objects()).contains("r public.person");
	}

	@Test
	void validateWhenSomethingIsHeldFailsWithItsExitCode() {
		run(Application.class).getBean(Migrator.class).rollback(Migrators.rollback(1));

		assertThatExceptionOfType(StartFailedException.class)
			.isThrownBy(() -> run(Application.class, "--veza.migrations.mode=validate"))
			.withMessageContaining("Version \"001\" is held: it was rolled back by \"olivia\"")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(3));
	}

	@Test
	void waitGoesOnWhenAnotherProcessHasAppliedAll(CapturedOutput output) {
		CompletableFuture<ConfigurableApplicationContext> waiting = CompletableFuture
			.supplyAsync(() -> run(Application.class, "--veza.migrations.mode=wait"));
		await().until(() -> output.getOut().contains("Waiting until another process has applied all migrations"));
		assertThat(waiting).isNotDone();

		run(Application.class);

		await().untilAsserted(() -> assertThat(waiting).isCompleted());
	}

	@Test
	void ownUserMigratesTheApplicationsDatabase() {
		this.database.execute("DROP ROLE IF EXISTS veza_owner; CREATE ROLE veza_owner LOGIN PASSWORD 'secret'");
		this.database.execute("GRANT CREATE, USAGE ON SCHEMA public TO veza_owner");

		run(Application.class, "--veza.migrations.username=veza_owner", "--veza.migrations.password=secret");

		assertThat(this.database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'person'"))
			.containsExactly("veza_owner");
	}

	@Test
	void urlMigratesAnotherDatabase() {
		TestDatabase other = TestDatabase.create();

		run(Application.class, "--veza.migrations.url=" + other.url(), "--veza.migrations.username=" + other.user(),
				"--veza.migrations.password=" + other.password());

		assertThat(other.objects()).contains("r public.person");
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void databaseInitializationComesBeforeHibernateValidates() {
		run(JpaApplication.class, "--spring.jpa.hibernate.ddl-auto=validate",
				"--veza.migrations.startup-phase=database-initialization");

		assertThat(this.database.objects()).contains("r public.person");
	}

	@Test
	void applicationReadyIsTooLateForHibernateToValidate() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> run(JpaApplication.class, "--spring.jpa.hibernate.ddl-auto=validate"))
			.withStackTraceContaining("missing table [person]");
	}

	private static ReadinessState readiness(ConfigurableApplicationContext context) {
		return context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	private ConfigurableApplicationContext run(Class<?> application, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		List.of(this.database.springProperties()).forEach((property) -> all.add("--" + property));
		all.add("--veza.migrations.locations=" + this.folder.location());
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.run(all.toArray(String[]::new));
		this.contexts.add(context);
		return context;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ApplicationAvailabilityAutoConfiguration.class, DataSourceAutoConfiguration.class,
			MigrationsAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
			MigrationsAutoConfiguration.class })
	@EntityScan(basePackageClasses = Person.class)
	static class JpaApplication {

	}

}
