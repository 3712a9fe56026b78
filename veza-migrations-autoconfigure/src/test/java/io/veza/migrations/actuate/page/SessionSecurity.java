package io.veza.migrations.actuate.page;

import io.veza.migrations.actuate.TestApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application with a login page, sessions, CSRF protection by cookie, and a policy
 * that allows no script and no style but its own.
 */
@Import(TestApplication.class)
class SessionSecurity {

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/actuator/**")
				.hasAnyRole("VIEWER", "OPERATOR")
				.anyRequest()
				.hasRole("OPERATOR"))
			.formLogin(Customizer.withDefaults())
			.csrf(CsrfConfigurer::spa)
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(Accounts.CONTENT_SECURITY_POLICY)))
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(Accounts.all());
	}

}
