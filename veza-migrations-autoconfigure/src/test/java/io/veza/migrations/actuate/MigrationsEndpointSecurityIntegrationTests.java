package io.veza.migrations.actuate;

import java.nio.file.Path;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsEndpointSecurityIntegrationTests {

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	private ConfigurableApplicationContext context;

	private HttpApi api;

	@BeforeEach
	void startApplication() {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		this.context = TestApplication.start(SecuredApplication.class, WebApplicationType.SERVLET, this.database,
				folder, TestApplication.UNRESTRICTED);
		this.api = TestApplication.api(this.context);
	}

	@AfterEach
	void closeApplication() {
		this.context.close();
	}

	@Test
	void nobodyMayNeitherReadNorWrite() {
		assertThat(this.api.get("/migrations").status()).isEqualTo(401);
		assertThat(this.api.post("/migrations/migrate", "{}").status()).isEqualTo(401);
	}

	@Test
	void viewerMayOnlyRead() {
		HttpApi viewer = this.api.as("vera", "secret");

		assertThat(viewer.get("/migrations").status()).isEqualTo(200);
		assertThat(viewer.get("/migrations/plan?operation=migrate").status()).isEqualTo(200);
		assertThat(viewer.post("/migrations/migrate", "{}").status()).isEqualTo(403);
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void operatorIsNamedInTheEvents() {
		HttpApi operator = this.api.as("olga", "secret");

		assertThat(operator.post("/migrations/migrate", "{ \"reason\": \"release 7\" }").status()).isEqualTo(200);

		assertThat(this.database.query("SELECT DISTINCT requested_by, reason FROM schema_migration_events"))
			.containsExactly("olga|release 7");
		assertThat(operator.get("/migrations").<String>at("$.applied[0].appliedBy")).isEqualTo("olga");
	}

	@Import(TestApplication.class)
	static class SecuredApplication {

		@Bean
		SecurityFilterChain migrationsSecurity(HttpSecurity http) {
			return http.securityMatcher(EndpointRequest.to("migrations"))
				.authorizeHttpRequests((requests) -> requests
					.requestMatchers(EndpointRequest.to("migrations").withHttpMethod(HttpMethod.GET))
					.hasAnyRole("VIEWER", "OPERATOR")
					.anyRequest()
					.hasRole("OPERATOR"))
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.ignoringRequestMatchers(EndpointRequest.to("migrations")))
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("vera").password("{noop}secret").roles("VIEWER").build(),
					User.withUsername("olga").password("{noop}secret").roles("OPERATOR").build());
		}

	}

}
