package io.veza.migrations.actuate;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page behind a login with a session and behind HTTP basic, with a CSRF token in a
 * cookie, with both web stacks.
 */
@ParameterizedClass
@EnumSource(names = { "SERVLET", "REACTIVE" })
@Timeout(120)
class OperatorPageSecurityIntegrationTests {

	private static final String MIGRATIONS = "/actuator/migrations";

	private static final String PLAN = "{ \"operation\": \"migrate\" }";

	@TempDir
	static Path path;

	private static TestDatabase database;

	private static ConfigurableApplicationContext context;

	@Parameter
	WebApplicationType type;

	private final PageClient client = PageClient.of(context);

	@BeforeParameterizedClassInvocation
	static void startApplication(WebApplicationType type) {
		MigrationFolder folder = MigrationFolder.in(path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		database = TestDatabase.create();
		context = TestApplication.start(
				(type == WebApplicationType.SERVLET) ? ServletApplication.class : ReactiveApplication.class, type,
				database, folder, TestApplication.UNRESTRICTED);
	}

	@AfterParameterizedClassInvocation
	static void closeApplication() {
		context.close();
	}

	@Test
	void whoIsSignedOutIsSentToTheLoginPage() {
		HttpResponse<String> response = this.client.open(MIGRATIONS);

		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(response.headers().firstValue("Location")).get().asString().endsWith("/login");
	}

	@Test
	void scriptOfWhoIsSignedOutIsTold() {
		assertThat(this.client.get(MIGRATIONS, "Accept", "application/json").statusCode()).isEqualTo(401);
	}

	@Test
	void whoIsSignedInGetsPageScriptAndStyle() {
		signIn("vera");

		assertThat(this.client.open(MIGRATIONS).body()).startsWith("<!doctype html>");
		assertThat(this.client.linksOf(MIGRATIONS)).hasSize(2)
			.allSatisfy((link) -> assertThat(this.client.get(link, "Accept", "*/*").statusCode()).isEqualTo(200));
	}

	@Test
	void postOfSessionWithTheTokenRuns() {
		signIn("olga");

		assertThat(post(MIGRATIONS + "/migrate", "{}", "X-XSRF-TOKEN", token()).statusCode()).isEqualTo(200);

		assertThat(database.query("SELECT DISTINCT requested_by FROM schema_migration_events")).containsExactly("olga");
	}

	@Test
	void postOfSessionWithoutTheTokenIsForbidden() {
		signIn("olga");

		assertThat(token()).isNotEmpty();
		assertThat(post(MIGRATIONS + "/plan", PLAN).statusCode()).isEqualTo(403);
		assertThat(post(MIGRATIONS + "/plan", PLAN, "X-XSRF-TOKEN", "guessed").statusCode()).isEqualTo(403);
	}

	@Test
	void postWithHttpBasicNeedsTheTokenToo() {
		String olga = basic("olga");
		this.client.get(MIGRATIONS, "Authorization", olga);

		assertThat(post(MIGRATIONS + "/plan", PLAN, "Authorization", olga).statusCode()).isIn(401, 403);
		assertThat(post(MIGRATIONS + "/plan", PLAN, "Authorization", olga, "X-XSRF-TOKEN", token()).statusCode())
			.isEqualTo(200);
	}

	@Test
	void toolSendsAnyTokenTwice() {
		assertThat(post(MIGRATIONS + "/plan", PLAN, "Authorization", basic("olga"), "Cookie", "XSRF-TOKEN=x",
				"X-XSRF-TOKEN", "x")
			.statusCode()).isEqualTo(200);
	}

	@Test
	void whoMayOnlyLookIsForbiddenToPost() {
		signIn("vera");

		assertThat(post(MIGRATIONS + "/plan", PLAN, "X-XSRF-TOKEN", token()).statusCode()).isEqualTo(403);
	}

	private void signIn(String user) {
		this.client.open("/login");
		String form = "username=" + user + "&password=secret&_csrf="
				+ URLEncoder.encode(this.client.cookie("XSRF-TOKEN"), StandardCharsets.UTF_8);
		HttpResponse<String> response = this.client.post("/login", form, "Content-Type",
				"application/x-www-form-urlencoded", "X-XSRF-TOKEN", this.client.cookie("XSRF-TOKEN"));
		assertThat(response.headers().firstValue("Location")).get().asString().doesNotContain("error");
	}

	private String token() {
		this.client.open(MIGRATIONS);
		return this.client.cookie("XSRF-TOKEN");
	}

	private HttpResponse<String> post(String path, String json, String... headers) {
		String[] all = new String[headers.length + 4];
		System.arraycopy(headers, 0, all, 4, headers.length);
		all[0] = "Content-Type";
		all[1] = "application/json";
		all[2] = "Accept";
		all[3] = "application/json";
		return this.client.post(path, json, all);
	}

	private static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

	private static UserDetails[] users() {
		return new UserDetails[] { User.withUsername("vera").password("{noop}secret").roles("VIEWER").build(),
				User.withUsername("olga").password("{noop}secret").roles("VIEWER", "OPERATOR").build() };
	}

	@Import(TestApplication.class)
	static class ServletApplication {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http
				.authorizeHttpRequests((requests) -> requests
					.requestMatchers(EndpointRequest.to("migrations").withHttpMethod(HttpMethod.GET))
					.hasRole("VIEWER")
					.requestMatchers(EndpointRequest.to("migrations"))
					.hasRole("OPERATOR")
					.anyRequest()
					.authenticated())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.spa())
				.build();
		}

		@Bean
		UserDetailsService accounts() {
			return new InMemoryUserDetailsManager(users());
		}

	}

	@Import(TestApplication.class)
	static class ReactiveApplication {

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http
				.authorizeExchange((exchanges) -> exchanges.pathMatchers(HttpMethod.GET, "/actuator/migrations/**")
					.hasRole("VIEWER")
					.pathMatchers("/actuator/migrations/**")
					.hasRole("OPERATOR")
					.anyExchange()
					.authenticated())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())
					.csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler()))
				.build();
		}

		@Bean
		WebFilter csrfCookie() {
			return (exchange, chain) -> exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty())
				.then(chain.filter(exchange));
		}

		@Bean
		MapReactiveUserDetailsService accounts() {
			return new MapReactiveUserDetailsService(users());
		}

	}

}
