package io.veza.migrations.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.Patience;
import io.veza.migrations.testsupport.RestartableServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is there after the server has crashed in the middle of a run whose commits do not
 * wait for the disk.
 */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
class ServerCrashIntegrationTests {

	private static final int NUMBER = 1000;

	private static final String TABLES = "SELECT substr(relname, 2) FROM pg_class "
			+ "WHERE relname ~ '^t[0-9]{4}$' AND relkind = 'r' ORDER BY relname";

	@TempDir
	private Path path;

	private MigrationFolder folder;

	@BeforeEach
	void createFolder() {
		this.folder = MigrationFolder.in(this.path.resolve("migrations"));
		for (int number = 1; number <= NUMBER; number++) {
			this.folder.with("%04d_table.sql".formatted(number), "CREATE TABLE t%04d (id int);".formatted(number),
					"DROP TABLE t%04d;".formatted(number));
		}
	}

	@Test
	void historyListsWhatIsThereAndTheNextRunDoesTheRest() throws IOException, SQLException {
		try (RestartableServer server = RestartableServer.start(this.path.resolve("data"))) {
			Migrator migrator = Migrators.migrator(this.folder, server.dataSource(), MigratorOptions.defaults());
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			await().until(() -> migrator.running().isPresent() && migrator.status().applied().size() > 50);

			server.shutDown("QUIT");

			assertThat(run).failsWithin(Patience.LONG);
			server.startAgain();
			List<String> applied = query(server, "SELECT version FROM schema_migrations ORDER BY id");
			assertThat(applied).hasSizeBetween(1, NUMBER - 1).isEqualTo(versions(applied.size()));
			assertThat(query(server, TABLES)).isEqualTo(applied);
			assertThat(query(server, "SELECT version FROM schema_migration_events ORDER BY id")).isEqualTo(applied);

			MigrationReport rest = migrator.migrate(MigrateRequest.all());

			assertThat(rest.migrations()).hasSize(NUMBER - applied.size());
			assertThat(query(server, TABLES)).isEqualTo(versions(NUMBER));
		}
	}

	private static List<String> versions(int count) {
		return IntStream.rangeClosed(1, count).mapToObj("%04d"::formatted).toList();
	}

	private static List<String> query(RestartableServer server, String sql) throws SQLException {
		try (Connection connection = server.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
	}

}
