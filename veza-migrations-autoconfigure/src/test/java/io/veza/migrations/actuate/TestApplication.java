package io.veza.migrations.actuate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with an actuator that leaves migrations to the operator.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
		excludeName = { "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
				"org.springframework.boot.data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration" })
public class TestApplication {

	private static final String SECURITY = "org.springframework.boot.security.autoconfigure.";

	/** Leaves Spring Security out. */
	public static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
			+ String.join(",", SECURITY + "SecurityAutoConfiguration", SECURITY + "UserDetailsServiceAutoConfiguration",
					SECURITY + "ReactiveUserDetailsServiceAutoConfiguration",
					SECURITY + "web.servlet.ServletWebSecurityAutoConfiguration",
					SECURITY + "web.servlet.SecurityFilterAutoConfiguration",
					SECURITY + "web.reactive.ReactiveWebSecurityAutoConfiguration",
					SECURITY + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
					SECURITY + "actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration");

	/** Lets the endpoint change something. */
	public static final String UNRESTRICTED = "management.endpoint.migrations.access=unrestricted";

	static ConfigurableApplicationContext start(WebApplicationType type, TestDatabase database, MigrationFolder folder,
			String... properties) {
		return start(TestApplication.class, type, database, folder, properties);
	}

	/**
	 * Start an application on a port of its own.
	 * @param source its configuration, which imports this class
	 * @param type its web stack
	 * @param database the database
	 * @param folder the migrations
	 * @param properties more properties, which win
	 * @return the application, to be closed
	 */
	public static ConfigurableApplicationContext start(Class<?> source, WebApplicationType type, TestDatabase database,
			MigrationFolder folder, String... properties) {
		return start(new SpringApplicationBuilder(source), type, database, folder, properties);
	}

	/**
	 * Start an application on a port of its own.
	 * @param application what makes it
	 * @param type its web stack
	 * @param database the database
	 * @param folder the migrations
	 * @param properties more properties, which win
	 * @return the application, to be closed
	 */
	public static ConfigurableApplicationContext start(SpringApplicationBuilder application, WebApplicationType type,
			TestDatabase database, MigrationFolder folder, String... properties) {
		List<String> all = new ArrayList<>(Arrays.asList(database.springProperties()));
		all.addAll(List.of("server.port=0", "spring.datasource.hikari.maximum-pool-size=1",
				"spring.main.banner-mode=off", "management.endpoints.web.exposure.include=migrations,health",
				"veza.migrations.mode=manual", "veza.migrations.rollback.token-required=false",
				"veza.migrations.locations=" + folder.location()));
		all.addAll(List.of(properties));
		return application.web(type).properties(all.toArray(String[]::new)).run();
	}

	static HttpApi api(ConfigurableApplicationContext context) {
		return HttpApi.of(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

}
