package io.veza.migrations.actuate;

import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsHealthIntegrationTests {

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void readinessIsRefusedWhileMigrationsArePending(WebApplicationType type) {
		try (ConfigurableApplicationContext context = start(type, "management.endpoint.health.show-details=always")) {
			HttpApi api = TestApplication.api(context);

			HttpApi.Answer health = api.get("/health");
			assertThat(health.status()).isEqualTo(503);
			assertThat(health.<String>at("$.components.migrations.status")).isEqualTo("OUT_OF_SERVICE");
			assertThat(health.<String>at("$.components.migrations.details.state")).isEqualTo("pending");
			assertThat(health.<Integer>at("$.components.migrations.details.pending")).isEqualTo(1);
			assertThat(api.get("/health/readiness").status()).isEqualTo(503);
			assertThat(api.get("/health/liveness").status()).isEqualTo(200);

			api.post("/migrations/migrate", "{}");

			assertThat(api.get("/health/readiness").status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "accept-traffic, 200", "refuse-traffic, 503" })
	void readinessAfterARollbackIsWhatOnHeldSays(String onHeld, int status) {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"veza.migrations.on-held=" + onHeld)) {
			HttpApi api = TestApplication.api(context);
			api.post("/migrations/migrate", "{}");
			assertThat(api.get("/health/readiness").status()).isEqualTo(200);

			api.post("/migrations/rollback", "{ \"count\": 1 }");

			assertThat(api.get("/health/readiness").status()).isEqualTo(status);
			assertThat(context.getBean(MeterRegistry.class).get("veza.migrations.held").gauge().value()).isEqualTo(1);
		}
	}

	@Test
	void readinessHasTheMembersThatTheUserChooses() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"management.endpoint.health.group.readiness.include=readinessState")) {
			assertThat(TestApplication.api(context).get("/health/readiness").status()).isEqualTo(200);
			assertThat(TestApplication.api(context).get("/health").status()).isEqualTo(503);
		}
	}

	@Test
	void readinessKeepsItsAdditionalPath() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"management.endpoint.health.probes.add-additional-paths=true")) {
			HttpApi api = TestApplication.api(context).outsideOfActuator();
			assertThat(api.get("/readyz").status()).isEqualTo(503);
			assertThat(api.get("/livez").status()).isEqualTo(200);
		}
	}

	@Test
	void withoutProbesThereIsStillHealth() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"management.endpoint.health.probes.enabled=false")) {
			assertThat(TestApplication.api(context).get("/health").status()).isEqualTo(503);
			assertThat(TestApplication.api(context).get("/health/readiness").status()).isEqualTo(404);
		}
	}

	private ConfigurableApplicationContext start(WebApplicationType type, String property) {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		return TestApplication.start(type, this.database, folder, TestApplication.WITHOUT_SECURITY,
				TestApplication.UNRESTRICTED, property);
	}

}
