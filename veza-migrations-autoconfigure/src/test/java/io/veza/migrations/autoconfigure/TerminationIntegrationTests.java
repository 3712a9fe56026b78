package io.veza.migrations.autoconfigure;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real processes that are asked to end, or are killed, while their migrations run.
 */
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
@ExtendWith(OutputCaptureExtension.class)
class TerminationIntegrationTests {

	private static final int TERMINATED = 143;

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;")
			.with("2_slow.sql", "SELECT pg_sleep(3600);", "SELECT 1;");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application-ready", "database-initialization" })
	void terminatedProcessCancelsItsStatementAndTheNextStartContinues(String phase) {
		try (JavaProcess process = start("--veza.migrations.startup-phase=" + phase)) {
			awaitStatement("pg_sleep");

			process.terminate();

			assertThat(process.awaitExit()).isEqualTo(TERMINATED);
			assertNothingIsLeft();
			assertThat(process.output()).anyMatch((line) -> line.contains("The application was closing"))
				.noneMatch((line) -> line.startsWith("\tat "))
				.noneMatch((line) -> line.contains("Application run failed"));
		}
		assertThat(migrateWithoutSleep().migrations()).hasSize(1);
	}

	@Test
	void terminatedProcessEndsItsWaitForAnotherRun() throws SQLException {
		try (Connection other = this.database.connect(); Statement statement = other.createStatement()) {
			statement
				.execute("SELECT pg_advisory_lock(" + AdvisoryLockKey.of("public", "schema_migrations").value() + ")");
			try (JavaProcess process = start()) {
				process.awaitLine("Waiting for another run");

				process.terminate();

				assertThat(process.awaitExit()).isEqualTo(TERMINATED);
				assertThat(process.output()).noneMatch((line) -> line.startsWith("\tat "));
			}
		}
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void terminatedProcessEndsItsWaitForOthersToMigrate() {
		try (JavaProcess process = start("--veza.migrations.mode=wait")) {
			process.awaitLine("Waiting until another process");

			process.terminate();

			assertThat(process.awaitExit()).isEqualTo(TERMINATED);
			assertThat(process.output()).noneMatch((line) -> line.startsWith("\tat ") || line.contains("ERROR"));
		}
	}

	@Test
	void startAfterAKilledProcessWaitsForWhatItLeftAndContinues(CapturedOutput output) {
		try (JavaProcess process = start()) {
			awaitStatement("pg_sleep");

			process.kill();

			assertThat(migrateWithoutSleep().migrations()).hasSize(1);
			assertThat(output).contains("Waiting for another run: the lock is held by process");
			assertNothingIsLeft();
		}
	}

	@Test
	void indexOfAKilledProcessIsNotBuiltToItsEndButByTheNextStart() throws SQLException {
		this.folder.with("2_slow.sql", "CREATE INDEX CONCURRENTLY i ON first (id);", "DROP INDEX CONCURRENTLY i;");
		try (Connection old = this.database.connect(); Statement statement = old.createStatement()) {
			old.setAutoCommit(false);
			old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			statement.execute("CREATE TABLE other (id int)");
			try (JavaProcess process = start()) {
				awaitStatement("CREATE INDEX");

				process.kill();

				await().untilAsserted(this::assertNothingIsLeft);
			}
		}
		assertThat(Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all()).migrations())
			.hasSize(1);
		assertThat(this.database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"))
			.containsExactly("t");
	}

	private JavaProcess start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		Arrays.stream(this.database.springProperties()).forEach((property) -> all.add("--" + property));
		all.add("--veza.migrations.locations=" + this.folder.location());
		return JavaProcess.start(TerminatedApplication.class, List.of("-XX:TieredStopAtLevel=1"), all);
	}

	private MigrationReport migrateWithoutSleep() {
		this.folder.with("2_slow.sql", "SELECT 1;", "SELECT 1;");
		return Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private void awaitStatement(String text) {
		await().atMost(Duration.ofMinutes(2)).until(() -> active(text).size() == 1);
	}

	private List<String> active(String text) {
		return this.database.query("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND datname = "
				+ "current_database() AND pid <> pg_backend_pid() AND query LIKE '%" + text + "%'");
	}

	private void assertNothingIsLeft() {
		assertThat(active("")).isEmpty();
		assertThat(this.database.query("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
				+ "(SELECT oid FROM pg_database WHERE datname = current_database())"))
			.isEmpty();
	}

}
