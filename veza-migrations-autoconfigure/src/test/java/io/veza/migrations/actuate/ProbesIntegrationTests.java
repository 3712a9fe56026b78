package io.veza.migrations.actuate;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an orchestrator sees over HTTP while an application starts.
 */
@Timeout(120)
class ProbesIntegrationTests {

	/** The machine may be busy with other tests. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final TestDatabase database = TestDatabase.create();

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final HttpApi api = HttpApi.of(this.port);

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("001_slow.sql", "SELECT pg_advisory_xact_lock(42);", "SELECT 1;");
	}

	@Test
	void applicationIsAliveButNotReadyWhileMigrationsRun() throws SQLException {
		CompletableFuture<ConfigurableApplicationContext> start;
		try (Connection blocker = lock(42)) {
			start = start("veza.migrations.mode=migrate");

			awaitHealth("running");
			assertAliveButNotReady();
			assertThat(blocker.isValid(1)).isTrue();
		}
		assertReady(start);
	}

	@Test
	void applicationIsAliveButNotReadyWhileItWaitsForAnotherRun() throws SQLException {
		CompletableFuture<ConfigurableApplicationContext> start;
		try (Connection other = lock(AdvisoryLockKey.of("public", "schema_migrations").value())) {
			start = start("veza.migrations.mode=migrate");

			awaitHealth("waiting");
			assertAliveButNotReady();
			assertThat(other.isValid(1)).isTrue();
		}
		assertReady(start);
	}

	@Test
	void applicationIsAliveButNotReadyWhileAnotherProcessHasToMigrate() {
		CompletableFuture<ConfigurableApplicationContext> start = start("veza.migrations.mode=wait");
		awaitHealth("pending");
		assertAliveButNotReady();

		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());

		assertReady(start);
	}

	@Test
	void applicationThatRefusesTrafficIsAliveButNotReadyUntilItIsMigrated() {
		this.folder.with("001_slow.sql", "SELECT nowhere;", "SELECT 1;");
		CompletableFuture<ConfigurableApplicationContext> start = start("veza.migrations.on-failure=refuse-traffic",
				"veza.migrations.mode=migrate");
		start.join();
		assertAliveButNotReady();

		this.folder.with("001_slow.sql", "SELECT 1;", "SELECT 1;");
		assertThat(this.api.post("/migrations/migrate", "{}").status()).isEqualTo(200);

		assertReady(start);
	}

	@Test
	void migrationsThatAreLeftToTheOperatorCountForTheProbeAlone() {
		try (ConfigurableApplicationContext context = start("veza.migrations.mode=manual").join()) {
			assertAliveButNotReady();

			assertThat(context.getBean(ApplicationAvailability.class).getReadinessState())
				.isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private void assertAliveButNotReady() {
		assertThat(this.api.get("/health/readiness").status()).isEqualTo(503);
		assertThat(this.api.get("/health/liveness").status()).isEqualTo(200);
	}

	private void assertReady(CompletableFuture<ConfigurableApplicationContext> start) {
		try (ConfigurableApplicationContext context = start.join()) {
			await().atMost(PATIENCE).until(() -> this.api.get("/health/readiness").status() == 200);
			assertThat(context.isActive()).isTrue();
		}
	}

	private void awaitHealth(String state) {
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> this.api.get("/health/migrations").<String>at("$.details.state"), state::equals);
	}

	private CompletableFuture<ConfigurableApplicationContext> start(String... properties) {
		String[] all = new String[properties.length + 4];
		System.arraycopy(properties, 0, all, 4, properties.length);
		all[0] = TestApplication.WITHOUT_SECURITY;
		all[1] = TestApplication.UNRESTRICTED;
		all[2] = "server.port=" + this.port;
		all[3] = "management.endpoint.health.show-details=always";
		return CompletableFuture
			.supplyAsync(() -> TestApplication.start(WebApplicationType.SERVLET, this.database, this.folder, all));
	}

	private Connection lock(long key) throws SQLException {
		Connection connection = this.database.connect();
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(" + key + ")");
		}
		return connection;
	}

}
