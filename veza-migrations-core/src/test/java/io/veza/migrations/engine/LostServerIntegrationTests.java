package io.veza.migrations.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.Patience;
import io.veza.migrations.testsupport.RestartableServer;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a run says when its server goes away.
 */
@Timeout(120)
class LostServerIntegrationTests {

	@TempDir
	private Path path;

	private MigrationFolder folder;

	@BeforeEach
	void createFolder() {
		this.folder = MigrationFolder.in(this.path.resolve("migrations"))
			.with("1_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;")
			.with("2_slow.sql", "SELECT pg_sleep(3600);", "SELECT 1;");
	}

	@ParameterizedTest
	@ValueSource(strings = { "INT", "QUIT" })
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
	void restartOfTheServerIsToldAndTheNextStartContinues(String signal) throws IOException {
		try (RestartableServer server = RestartableServer.start(this.path.resolve("data"))) {
			Migrator working = migrator(server.dataSource());
			CompletableFuture<MigrationReport> work = migrate(working);
			await().until(() -> working.running().filter((running) -> running.statement() == 1).isPresent());
			await().until(() -> working.status().applied().size() == 1);
			Migrator waiting = migrator(server.dataSource());
			CompletableFuture<MigrationReport> wait = migrate(waiting);
			await().until(() -> waiting.running().filter((running) -> running.waitingFor() != null).isPresent());

			server.shutDown(signal);

			assertThat(work).failsWithin(Patience.LONG)
				.withThrowableThat()
				.withCauseInstanceOf(MigrationFailedException.class)
				.withMessageContaining("2_slow.sql")
				.withMessageContaining("Start again: the history says where to continue.");
			assertThat(wait).failsWithin(Patience.LONG)
				.withThrowableThat()
				.withCauseInstanceOf(DatabaseUnreachableException.class)
				.withMessageContaining("The connection to the database was lost");
			assertThatExceptionOfType(DatabaseUnreachableException.class).isThrownBy(working::isUpToDate)
				.withMessageContaining("The database cannot be reached");

			server.startAgain();
			this.folder.with("2_slow.sql", "SELECT 1;", "SELECT 1;");
			assertThat(migrate(waiting).join().migrations()).hasSize(1);
		}
	}

	@Test
	void sessionThatIsEndedBeforeTheHistoryIsReadIsLost() {
		TestDatabase database = TestDatabase.create();
		DataSource dataSource = new DelegatingDataSource(database.dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				int pid = connection.unwrap(PGConnection.class).getBackendPID();
				database.execute("SELECT pg_terminate_backend(" + pid + ", 5000)");
				return connection;
			}

		};

		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> migrator(dataSource).migrate(MigrateRequest.all()))
			.withMessage("The connection to the database was lost: FATAL: terminating connection due to administrator "
					+ "command. Start again when the server runs: the history says where to continue.");
	}

	private Migrator migrator(DataSource dataSource) {
		return Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
	}

	private static CompletableFuture<MigrationReport> migrate(Migrator migrator) {
		return CompletableFuture.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
	}

}
