package io.veza.migrations.actuate;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class MigrationsLifecycleIntegrationTests {

	@TempDir
	Path path;

	private final TestDatabase database = TestDatabase.create();

	@Test
	void closeOfTheApplicationWaitsForTheOperation() throws SQLException {
		ConfigurableApplicationContext context = start("server.shutdown=immediate");
		CompletableFuture<Void> closed;
		try (Connection connection = this.database.connect(); Statement blocker = connection.createStatement()) {
			connection.setAutoCommit(false);
			blocker.execute("CREATE TABLE first (id int)");
			TestApplication.api(context).start("/migrations/migrate", "{}");
			await().until(() -> context.getBean(Migrator.class).running().isPresent());
			closed = CompletableFuture.runAsync(context::close);
			await().until(context::isClosed);
			assertThat(closed).isNotDone();

			connection.rollback();
		}

		closed.join();
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void metricsTellRunsAndWhereMigrationsStand() {
		try (ConfigurableApplicationContext context = start("spring.application.name=metrics")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("veza.migrations.pending").gauge().value()).isEqualTo(1);

			TestApplication.api(context).post("/migrations/migrate", "{}");

			assertThat(registry.get("veza.migrations.pending").gauge().value()).isZero();
			assertThat(registry.get("veza.migrations.applied").gauge().value()).isEqualTo(1);
			assertThat(registry.get("veza.migrations.failed").gauge().value()).isZero();
			assertThat(registry.get("veza.migrations.run").tag("outcome", "success").timer().count()).isEqualTo(1);
			assertThat(registry.get("veza.migrations.migration").timer().count()).isEqualTo(1);
		}
	}

	private ConfigurableApplicationContext start(String property) {
		MigrationFolder folder = MigrationFolder.in(this.path)
			.with("001_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;");
		return TestApplication.start(WebApplicationType.SERVLET, this.database, folder,
				TestApplication.WITHOUT_SECURITY, TestApplication.UNRESTRICTED, property);
	}

}
