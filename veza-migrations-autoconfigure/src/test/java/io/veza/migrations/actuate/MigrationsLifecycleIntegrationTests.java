package io.veza.migrations.actuate;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class MigrationsLifecycleIntegrationTests {

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	@Test
	void closeOfTheApplicationCancelsTheOperationAndAnswers() throws SQLException {
		ConfigurableApplicationContext context = start("server.shutdown=graceful");
		HttpApi api = TestApplication.api(context);
		api.post("/migrations/migrate", "{}");
		try (Connection connection = this.database.connect(); Statement blocker = connection.createStatement()) {
			blocker.execute("SELECT pg_advisory_lock(42)");
			CompletableFuture<HttpResponse<String>> answer = api.start("/migrations/rollback", "{\"count\": 1}");
			await().until(() -> waitsForAdvisoryLock(42));

			context.close();

			HttpApi.Answer rollback = HttpApi.Answer.of(answer.join());
			assertThat(rollback.status()).isEqualTo(500);
			assertThat(rollback.<String>at("$.detail")).contains("The application was closing")
				.contains("nothing of it is in the database");
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void listAndHealthSayWhatIsRunning() throws SQLException {
		this.database.execute("CREATE TABLE users (id int)");
		try (ConfigurableApplicationContext context = start("spring.datasource.hikari.maximum-pool-size=2");
				TestSession old = TestSession.executed(this.database.dataSource(),
						"BEGIN; INSERT INTO users VALUES (1)")) {
			MigrationFolder.in(this.path)
				.with("001_first.sql", "CREATE INDEX CONCURRENTLY i ON users (id);", "DROP INDEX CONCURRENTLY i;");
			HttpApi api = TestApplication.api(context);
			CompletableFuture<?> run = api.start("/migrations/migrate", "{}");
			await().until(() -> api.get("/migrations").body().contains("lockers"));

			assertThat(api.get("/migrations").<Map<String, Object>>at("$.running.progress"))
				.isEqualTo(Map.of("command", "CREATE INDEX CONCURRENTLY", "phase", "waiting for writers before build",
						"done", 0, "total", 1, "unit", "lockers"));
			assertThat(api.get("/migrations").<String>at("$.running.statementSince")).endsWith("Z");
			await().until(() -> api.get("/health")
				.at("$.components.migrations.details.running")
				.equals(api.get("/migrations").at("$.running")));
			old.execute("ROLLBACK");
			run.join();
		}
	}

	@Test
	void metricsTellRunsAndWhereMigrationsStand() {
		try (ConfigurableApplicationContext context = start("spring.application.name=metrics")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("veza.migrations.pending").gauge().value()).isEqualTo(1);

			TestApplication.api(context).post("/migrations/migrate", "{}");

			assertThat(registry.get("veza.migrations.pending").gauge().value()).isZero();
			assertThat(registry.get("veza.migrations.applied").gauge().value()).isEqualTo(1);
			assertThat(registry.get("veza.migrations.failed").gauge().value()).isZero();
			assertThat(registry.get("veza.migrations.run").tag("outcome", "success").timer().count()).isEqualTo(1);
			assertThat(registry.get("veza.migrations.migration").timer().count()).isEqualTo(1);
		}
	}

	private boolean waitsForAdvisoryLock(int key) {
		return !this.database.query("SELECT 1 FROM pg_locks WHERE NOT granted AND objid = " + key).isEmpty();
	}

	private ConfigurableApplicationContext start(String property) {
		MigrationFolder folder = MigrationFolder.in(this.path)
			.with("001_first.sql", "CREATE TABLE first (id int);",
					"DROP TABLE first; SELECT pg_advisory_xact_lock(42);");
		return TestApplication.start(WebApplicationType.SERVLET, this.database, folder,
				TestApplication.WITHOUT_SECURITY, TestApplication.UNRESTRICTED,
				"management.endpoint.health.show-details=always", property);
	}

}
