package io.veza.migrations.sample;

import java.nio.file.Path;

import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rehearses the migrations of this application, and packages the report with it.
 */
class MigrationRehearsalIntegrationTests {

	private static final Path PACKAGED = Path.of("target/classes/META-INF", RehearsalFiles.JSON);

	private static EmbeddedPostgres server;

	@BeforeAll
	static void startServer() throws Exception {
		server = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stopServer() throws Exception {
		server.close();
	}

	@Test
	void migrationsAreClean() {
		RehearsalReport report = Rehearsal.of(server.getPostgresDatabase()).assertClean();

		RehearsalFiles.writeJson(report, PACKAGED);

		assertThat(report.migrations()).hasSize(6);
	}

}
