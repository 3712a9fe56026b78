package io.veza.migrations.actuate.page;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.actuate.TestApplication;
import org.springframework.boot.WebApplicationType;

/**
 * A web stack, an address and a protection with which the page is used.
 */
enum Place {

	MVC(WebApplicationType.SERVLET, TestApplication.class, PageApplication.PATH),

	MVC_CONTEXT_PATH(WebApplicationType.SERVLET, TestApplication.class, "/shop/actuator/migrations",
			"server.servlet.context-path=/shop"),

	MVC_MANAGEMENT_PORT(WebApplicationType.SERVLET, TestApplication.class, "/manage/schema", "management.server.port=0",
			"management.endpoints.web.base-path=/manage", "management.endpoints.web.path-mapping.migrations=schema"),

	MVC_LOGIN_CONTEXT_PATH(WebApplicationType.SERVLET, SessionSecurity.class, "/shop/actuator/migrations",
			"server.servlet.context-path=/shop"),

	WEBFLUX_BASE_PATH(WebApplicationType.REACTIVE, TestApplication.class, "/shop/actuator/migrations",
			"spring.webflux.base-path=/shop"),

	WEBFLUX_MANAGEMENT_PORT(WebApplicationType.REACTIVE, TestApplication.class, PageApplication.PATH,
			// the tests have two reactive servers on their class path
			"management.server.port=0", "spring.main.allow-bean-definition-overriding=true"),

	WEBFLUX_LOGIN(WebApplicationType.REACTIVE, ReactiveSessionSecurity.class, PageApplication.PATH);

	private final WebApplicationType type;

	private final Class<?> source;

	private final String path;

	private final List<String> properties;

	Place(WebApplicationType type, Class<?> source, String path, String... properties) {
		this.type = type;
		this.source = source;
		this.path = path;
		this.properties = List.of(properties);
	}

	PageApplication start(Path folder) {
		Stream<String> security = isOpen() ? Stream.of(TestApplication.WITHOUT_SECURITY) : Stream.empty();
		return PageApplication.start(this.source, this.type, folder,
				Stream.of(security, Stream.of(TestApplication.UNRESTRICTED), this.properties.stream())
					.flatMap((part) -> part)
					.toArray(String[]::new));
	}

	/**
	 * Open the page, as the operator where one has to log in.
	 * @param browser the browser
	 * @param application the application
	 * @return the page
	 */
	ShownPage open(Browser browser, PageApplication application) {
		browser.open(application.url(this.path));
		if (!isOpen()) {
			Accounts.logIn(browser, Accounts.OPERATOR);
		}
		return ShownPage.opened(browser);
	}

	/**
	 * Return as whom the audit log knows whoever uses the page.
	 * @return the name
	 */
	String operator() {
		return isOpen() ? "anonymous" : Accounts.OPERATOR;
	}

	private boolean isOpen() {
		return this.source == TestApplication.class;
	}

}
