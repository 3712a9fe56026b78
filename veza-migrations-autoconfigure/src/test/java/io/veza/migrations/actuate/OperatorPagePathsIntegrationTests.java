package io.veza.migrations.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the page is, and that it finds its files from there.
 */
@Timeout(120)
class OperatorPagePathsIntegrationTests {

	@TempDir
	Path path;

	// two servers that know WebFlux are on the class path of the tests, hence overriding
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					SERVLET  | /shop/actuator/migrations     | server.servlet.context-path=/shop
					REACTIVE | /shop/actuator/migrations     | spring.webflux.base-path=/shop
					SERVLET  | /actuator/migrations          | management.server.port=0
					REACTIVE | /actuator/migrations          | management.server.port=0 spring.main.allow-bean-definition-overriding=true
					SERVLET  | /manage/ops/migrations        | management.server.port=0 management.server.base-path=/manage management.endpoints.web.base-path=/ops
					SERVLET  | /migrations                   | management.server.port=0 management.endpoints.web.base-path=/
					SERVLET  | /migrations                   | management.endpoints.web.base-path=/
					SERVLET  | /actuator/operations/database | management.endpoints.web.path-mapping.migrations=operations/database
					REACTIVE | /actuator/operations/database | management.endpoints.web.path-mapping.migrations=operations/database
					SERVLET  | /shop/database                | server.servlet.context-path=/shop management.endpoints.web.base-path=/ management.endpoints.web.path-mapping.migrations=database
					""")
	void pageFindsScriptAndStyleWhereverItIs(WebApplicationType type, String page, String properties) {
		try (ConfigurableApplicationContext context = start(type, properties.split(" "))) {
			PageClient client = PageClient.of(context);

			List<String> links = client.linksOf(page).toList();

			assertThat(links).containsExactlyInAnyOrder(page + "/page.css", page + "/page.js");
			assertThat(links).allSatisfy((link) -> assertThat(client.get(link).statusCode()).isEqualTo(200));
			assertThat(client.importsOf(page + "/page.js")).contains(page + "/model.js")
				.allSatisfy((module) -> assertThat(client.get(module).statusCode()).isEqualTo(200));
		}
	}

	@Test
	void whenTheEndpointIsExposedOverJmxOnlyThereIsNoPage() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, "spring.jmx.enabled=true",
				"management.endpoints.web.exposure.include=health",
				"management.endpoints.jmx.exposure.include=migrations")) {
			PageClient client = PageClient.of(context);

			assertThat(client.open("/actuator/migrations").statusCode()).isEqualTo(404);
			assertThat(client.get("/actuator/migrations/page.js").statusCode()).isEqualTo(404);
			assertThat(client.get("/actuator").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whenTheDatabaseCannotBeReachedThePageIsThereToSaySo() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET,
				"spring.datasource.url=jdbc:postgresql://localhost:1/gone",
				"spring.datasource.hikari.connection-timeout=250")) {
			PageClient client = PageClient.of(context);

			assertThat(client.get("/actuator/migrations").statusCode()).isEqualTo(503);
			assertThat(client.open("/actuator/migrations").statusCode()).isEqualTo(200);
		}
	}

	private ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		String[] all = Stream.concat(Stream.of(TestApplication.WITHOUT_SECURITY), Stream.of(properties))
			.toArray(String[]::new);
		return TestApplication.start(type, TestDatabase.create(), folder, all);
	}

}
