package io.veza.migrations.autoconfigure.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.veza.migrations.busy.BusyApplication;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands in real processes of an application that has much to do at its start.
 */
@Timeout(300)
class CommandProcessIntegrationTests {

	private static final int TERMINATED = 143;

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path files;

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY);", "DROP TABLE customer;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void applicationWithoutACommandStartsEverything() {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.addAll(List.of("--server.port=0", "--veza.migrations.startup-phase=database-initialization"));
		try (CommandProcess process = CommandProcess.start(BusyApplication.class, Map.of(), arguments)) {
			await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || process.out().contains("schedule"));
			await().untilAsserted(() -> assertThat(process.out()).contains("started: worker", "started: singleton",
					"started: application runner", "started: command line runner", "started: lifecycle",
					"started: post construct", "started: schedule", "started: listener"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application-ready", "database-initialization" })
	void migrateStartsNothingOfTheApplicationAndWritesOnlyItsReport(String phase) {
		try (CommandProcess process = run("migrate", "--spring.jpa.hibernate.ddl-auto=validate",
				"--veza.migrations.startup-phase=" + phase)) {
			assertThat(process.exitCode()).as(process.err()).isZero();
			assertThat(process.out()).matches("Applied 1 migration\\(s\\)\\.\n {2}1 customer in \\d+ ms\n");
			assertThat(process.err()).doesNotContain("started:").contains("Applying 1 migration(s): 1");
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void commandThatOnlyLooksLeavesTheDatabaseToItself() {
		try (CommandProcess process = run("validate", "--veza.migrations.mode=migrate")) {
			assertThat(process.exitCode()).isEqualTo(3);
			assertThat(process.out()).isEmpty();
			assertThat(process.err()).contains("Error: 1 migration(s) are pending: \"1\".");
		}
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void commandWritesJsonWithoutActuatorAndJackson() {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.addAll(List.of("--veza.migrations.command=migrate", "--veza.migrations.output=json"));
		try (CommandProcess process = CommandProcess
			.startWithout(BusyApplication.class, List.of("actuator", "jackson", "micrometer-core", "boot-health"),
					arguments)
			.awaitExit()) {
			assertThat(process.exitCode()).as(process.err()).isZero();
			assertThat(json(process).path("migrations").path(0).path("version").asString()).isEqualTo("1");
		}
	}

	@Test
	void commandIsGivenByTheEnvironment() {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		Map<String, String> environment = Map.of("VEZA_MIGRATIONS_COMMAND", "plan", "VEZA_MIGRATIONS_ROLLBACK_COUNT",
				"1", "VEZA_MIGRATIONS_OUTPUT", "json");
		try (CommandProcess process = CommandProcess.start(BusyApplication.class, environment, arguments).awaitExit()) {
			assertThat(process.exitCode()).as(process.err()).isEqualTo(10);
			assertThat(json(process).path("operation").asString()).isEqualTo("rollback");
			assertThat(json(process).path("problems")).hasSize(1);
		}
	}

	@Test
	void commandIsGivenByAFile() throws IOException {
		Path file = Files.writeString(this.files.resolve("job.properties"),
				"veza.migrations.command=status\nspring.main.banner-mode=console\n");
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--spring.config.additional-location=" + file.toUri());
		try (CommandProcess process = CommandProcess.start(BusyApplication.class, Map.of(), arguments).awaitExit()) {
			assertThat(process.exitCode()).as(process.err()).isZero();
			assertThat(process.out()).startsWith("Database \"").contains("State    pending");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--veza.migrations.enabled=perhaps                          | 2 | veza.migrations.enabled
			--spring.config.location=file:/nowhere/                    | 2 | /nowhere/
			--veza.migrations.url=jdbc:postgresql://localhost:1/none   | 5 | The database cannot be reached
			--spring.main.sources=nothing.Here                         | 1 | nothing.Here
			""")
	void commandThatCannotRunSaysWhyAndWritesNothingElse(String option, int exitCode, String expected) {
		try (CommandProcess process = run("migrate", option)) {
			assertThat(process.err()).contains("Error: ").contains(expected).doesNotContain("started:");
			assertThat(process.exitCode()).isEqualTo(exitCode);
			assertThat(process.out()).isEmpty();
		}
		assertThat(this.database.objects()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "--spring.config.location=file:/nowhere/, 2, urn:veza:migrations:invalid-configuration",
			"--veza.migrations.rollback.count=2, 10, urn:veza:migrations:refused" })
	void failureAsJsonIsOneProblem(String option, int exitCode, String type) {
		try (CommandProcess process = run("rollback", option, "--veza.migrations.output=json")) {
			assertThat(process.exitCode()).as(process.err()).isEqualTo(exitCode);
			assertThat(json(process).path("type").asString()).isEqualTo(type);
			assertThat(json(process).path("detail").asString()).isNotBlank();
			assertThat(process.err()).contains("Error: ");
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
	void terminatedCommandCancelsItsStatement() {
		this.folder.with("2_slow.sql", "SELECT pg_sleep(3600);", "SELECT 1;");
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--veza.migrations.command=migrate");
		try (CommandProcess process = CommandProcess.start(BusyApplication.class, Map.of(), arguments)) {
			await().atMost(Duration.ofMinutes(2)).until(() -> sleeping() == 1);

			process.terminate();

			assertThat(process.awaitExit().exitCode()).isEqualTo(TERMINATED);
			assertThat(process.err()).contains("Error: Version \"2\" could not be applied", "application was closing");
			assertThat(sleeping()).isZero();
		}
	}

	private int sleeping() {
		return this.database
			.query("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() "
					+ "AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep%'")
			.size();
	}

	private CommandProcess run(String command, String... options) {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--veza.migrations.command=" + command);
		arguments.addAll(List.of(options));
		return CommandProcess.start(BusyApplication.class, Map.of(), arguments).awaitExit();
	}

	private static JsonNode json(CommandProcess process) {
		return JsonMapper.shared().readTree(process.out());
	}

}
