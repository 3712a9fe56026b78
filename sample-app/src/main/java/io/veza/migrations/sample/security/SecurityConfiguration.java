package io.veza.migrations.sample.security;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Two chains: one for the migrations endpoint, one for everything else.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String MIGRATIONS = "migrations";

	private static final String VIEWER = "VIEWER";

	private static final String OPERATOR = "OPERATOR";

	/**
	 * Browsers say with every write where it comes from, and no page can leave that out;
	 * tools such as curl do not say so.
	 */
	private static final RequestMatcher SENT_BY_BROWSER = new OrRequestMatcher(
			new RequestHeaderRequestMatcher("Origin"), new RequestHeaderRequestMatcher("Sec-Fetch-Site"));

	/**
	 * Roles go by HTTP method, never by sub-path: the endpoint has one write operation
	 * for all sub-paths.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain migrationsSecurity(HttpSecurity http) {
		http.securityMatcher(EndpointRequest.to(MIGRATIONS))
			.authorizeHttpRequests((requests) -> requests
				.requestMatchers(EndpointRequest.to(MIGRATIONS).withHttpMethod(HttpMethod.GET))
				.hasRole(VIEWER)
				.anyRequest()
				.hasRole(OPERATOR));
		return stateless(http).build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain applicationSecurity(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(EndpointRequest.to(HealthEndpoint.class))
			.permitAll()
			.requestMatchers(HttpMethod.GET, "/api/**")
			.permitAll()
			.anyRequest()
			.authenticated());
		return stateless(http).build();
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	UserDetailsService accounts(AccountProperties properties, PasswordEncoder encoder) {
		return new InMemoryUserDetailsManager(
				User.withUsername("viewer").password(encoder.encode(properties.viewerPassword())).roles(VIEWER).build(),
				User.withUsername("operator")
					.password(encoder.encode(properties.operatorPassword()))
					.roles(VIEWER, OPERATOR)
					.build());
	}

	/**
	 * A browser that knows a password sends it with every request, also with those that
	 * another site has made it send: its writes need the token of a cookie. A tool sends
	 * a password only when somebody tells it to.
	 */
	private HttpSecurity stateless(HttpSecurity http) {
		return http.httpBasic(Customizer.withDefaults())
			.csrf((csrf) -> csrf.spa()
				.requireCsrfProtectionMatcher(new AndRequestMatcher(CsrfFilter.DEFAULT_CSRF_MATCHER, SENT_BY_BROWSER)))
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
	}

}
