package io.veza.migrations.actuate.page;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * Who may use the secured applications, and what their pages may load.
 */
final class Accounts {

	static final String VIEWER = "vera";

	static final String OPERATOR = "olga";

	static final String PASSWORD = "secret";

	static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "connect-src 'self'; img-src 'self' data:; form-action 'self'";

	private Accounts() {
	}

	static UserDetails[] all() {
		return new UserDetails[] { account(VIEWER, "VIEWER"), account(OPERATOR, "OPERATOR") };
	}

	private static UserDetails account(String name, String role) {
		return User.withUsername(name).password("{noop}" + PASSWORD).roles(role).build();
	}

	/**
	 * Log in on the login page that Spring Security makes, after which it goes on to what
	 * was asked for.
	 * @param browser shows the login page
	 * @param name who logs in
	 */
	static void logIn(Browser browser, String name) {
		browser.type("input[name=username]", name);
		browser.type("input[name=password]", PASSWORD);
		browser.click("button[type=submit]");
	}

}
