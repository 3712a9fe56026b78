package io.veza.migrations.actuate;

import java.nio.file.Path;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsEndpointAccessIntegrationTests {

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void byDefaultTheEndpointIsReadOnly(WebApplicationType type) {
		try (ConfigurableApplicationContext context = start(type)) {
			HttpApi api = TestApplication.api(context);

			assertThat(api.post("/migrations/migrate", "{}").status()).isEqualTo(405);
			assertThat(api.post("/migrations/plan", "{}").status()).isEqualTo(405);
			assertThat(api.get("/migrations").<Boolean>at("$.writable")).isFalse();
			assertThat(api.get("/migrations/plan?operation=migrate").status()).isEqualTo(200);
			assertThat(this.database.objects()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoints.access.default=unrestricted",
			"management.endpoint.migrations.access=unrestricted" })
	void whenWritingIsGrantedTheEndpointSaysSo(String property) {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, property)) {
			assertThat(TestApplication.api(context).get("/migrations").<Boolean>at("$.writable")).isTrue();
		}
	}

	@Test
	void whenWritingIsCappedTheEndpointSaysSo() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, TestApplication.UNRESTRICTED,
				"management.endpoints.access.max-permitted=read-only")) {
			HttpApi api = TestApplication.api(context);

			assertThat(api.get("/migrations").<Boolean>at("$.writable")).isFalse();
			assertThat(api.post("/migrations/migrate", "{}").status()).isEqualTo(405);
		}
	}

	@Test
	void whenTheDatabaseCannotBeReachedEveryOperationSaysSo() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, TestApplication.UNRESTRICTED,
				"spring.datasource.url=jdbc:postgresql://localhost:1/gone",
				"spring.datasource.hikari.connection-timeout=250")) {
			HttpApi api = TestApplication.api(context);

			HttpApi.Answer list = api.get("/migrations");

			assertThat(list.status()).isEqualTo(503);
			assertThat(list.<String>at("$.type")).isEqualTo("urn:veza:migrations:database-unreachable");
			assertThat(list.contentType()).startsWith("application/problem+json");
			assertThat(api.post("/migrations/migrate", "{}").status()).isEqualTo(503);
			assertThat(api.get("/health").status()).isEqualTo(503);
		}
	}

	private ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 1, properties.length);
		all[0] = TestApplication.WITHOUT_SECURITY;
		return TestApplication.start(type, this.database, folder, all);
	}

}
