package io.veza.migrations.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StandbyIntegrationTests {

	@Test
	void standbyIsFineUntilSomethingIsPending(@TempDir Path files, @TempDir Path data) throws IOException {
		MigrationFolder folder = MigrationFolder.in(files).with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		try (EmbeddedPostgres primary = server(data)) {
			migrator(folder, primary).migrate(MigrateRequest.all());
		}
		Files.createFile(data.resolve("standby.signal"));
		try (EmbeddedPostgres standby = server(data)) {
			Migrator migrator = migrator(folder, standby);
			assertThat(migrator.migrate(MigrateRequest.all()).migrations()).isEmpty();
			assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.UP_TO_DATE);

			folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
			assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.PENDING);
			assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
				.withMessage("The server is a standby, which takes no writes. "
						+ "Connect to the primary, or use veza.migrations.mode=validate here.");
		}
	}

	private static EmbeddedPostgres server(Path data) throws IOException {
		return EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.start();
	}

	private static Migrator migrator(MigrationFolder folder, EmbeddedPostgres server) {
		return Migrators.migrator(folder, server.getPostgresDatabase(), MigratorOptions.defaults());
	}

}
