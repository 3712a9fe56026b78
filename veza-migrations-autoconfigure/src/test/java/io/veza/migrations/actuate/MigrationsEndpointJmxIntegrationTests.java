package io.veza.migrations.actuate;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrationsEndpointJmxIntegrationTests {

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	@Test
	void operationsAreThoseOfHttpByName() throws JMException {
		try (ConfigurableApplicationContext context = start(TestApplication.UNRESTRICTED)) {
			assertThat(invoke("migrate", null, null, "release")).containsEntry("operation", "migrate");
			assertThat(invoke("list")).containsEntry("state", "up-to-date").containsEntry("writable", true);
			assertThat(invoke("plan", "rollback", "1", null, null, "true")).containsEntry("operation", "rollback");
			assertThat(invoke("rollback", "1", null, null, null, "it broke", "false")).containsEntry("operation",
					"rollback");
			assertThat(invoke("details", "001").get("events"))
				.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
				.last()
				.satisfies((event) -> assertThat(event.get("requestedBy")).isEqualTo("jmx"));
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void repairAndBaselineAreThereToo() throws JMException {
		try (ConfigurableApplicationContext context = start(TestApplication.UNRESTRICTED)) {
			assertThat(invoke("baseline", "001", null)).containsEntry("operation", "baseline");
			MigrationFolder.in(this.path).with("001_first.sql", "SELECT 3;", "SELECT 2;");
			assertThat(invoke("repair", "001", null, null, null, null)).containsEntry("operation", "repair");
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void whatIsRefusedIsAnExceptionWithTheText() {
		try (ConfigurableApplicationContext context = start(TestApplication.UNRESTRICTED)) {
			assertThatExceptionOfType(MBeanException.class)
				.isThrownBy(() -> invoke("rollback", "two", null, null, null, null, "maybe"))
				.havingCause()
				.withMessageContaining("\"count\" is \"two\"")
				.withMessageContaining("\"force\" is \"maybe\". Give true or false.");
			assertThatExceptionOfType(MBeanException.class)
				.isThrownBy(() -> invoke("rollback", "1", null, null, null, null, null))
				.havingCause()
				.withMessageContaining("The rollback of 1 migration(s)");
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void byDefaultThereAreOnlyReadOperations() throws JMException {
		try (ConfigurableApplicationContext context = start("spring.application.name=reader")) {
			assertThat(this.server.getMBeanInfo(name()).getOperations()).extracting(MBeanOperationInfo::getName)
				.containsExactlyInAnyOrder("list", "details", "plan");
			assertThat(context.isActive()).isTrue();
		}
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> invoke(String operation, @Nullable String... arguments) throws JMException {
		List<String> signature = Collections.nCopies(arguments.length, String.class.getName());
		return (Map<String, Object>) this.server.invoke(name(), operation, Arrays.copyOf(arguments, arguments.length),
				signature.toArray(String[]::new));
	}

	private static ObjectName name() throws JMException {
		return new ObjectName("org.springframework.boot:type=Endpoint,name=Migrations");
	}

	private ConfigurableApplicationContext start(String property) {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		return TestApplication.start(WebApplicationType.NONE, this.database, folder, "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=migrations", TestApplication.WITHOUT_SECURITY, property);
	}

}
