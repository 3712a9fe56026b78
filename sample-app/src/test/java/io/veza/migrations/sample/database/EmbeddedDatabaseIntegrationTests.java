package io.veza.migrations.sample.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedDatabaseIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void startAfterOrderlyStopKeepsData() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			execute(database, "CREATE TABLE kept AS SELECT 42 AS answer");
		}

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			assertThat(answer(database)).isEqualTo(42);
		}
	}

	@Test
	void startAfterKilledApplicationStopsItsServerAndKeepsData() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			execute(database, "CREATE TABLE kept AS SELECT 42 AS answer");
		}
		EmbeddedDatabaseProcess.start(this.directory).kill();
		ProcessHandle orphan = server().orElseThrow();

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			assertThat(answer(database)).isEqualTo(42);
			assertThat(server()).isPresent().get().isNotEqualTo(orphan);
		}
	}

	@Test
	void startWhileAnotherApplicationRunsIsRefused() throws Exception {
		try (EmbeddedDatabaseProcess other = EmbeddedDatabaseProcess.start(this.directory)) {
			assertThatExceptionOfType(EmbeddedDatabaseException.class)
				.isThrownBy(() -> EmbeddedDatabase.start(this.directory))
				.withMessage("The data directory \"" + this.directory + "\" is in use by another running application.")
				.satisfies((ex) -> assertThat(ex.action()).isEqualTo(
						"Stop that application, or choose another directory with sample.postgres.data-directory."));
			other.kill();
			OrphanedServer.stop(this.directory.resolve("postgres"));
		}
		assertThat(server()).isEmpty();
	}

	@Test
	void startWhenProcessIdWasGivenToAnotherProcessRecovers() throws Exception {
		EmbeddedDatabase.start(this.directory).close();
		String pid = String.valueOf(ProcessHandle.current().pid());
		Files.writeString(pidFile(), pid + "\n" + this.directory.resolve("postgres") + "\n");

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			execute(database, "SELECT 1");
			assertThat(Files.readAllLines(pidFile())).first().isNotEqualTo(pid);
		}
	}

	@Test
	void startWhenFirstStartWasKilledHalfWayStartsAnew() throws Exception {
		Path server = Files.createDirectories(this.directory.resolve("postgres"));
		Files.writeString(server.resolve("PG_VERSION"), "1\n");
		Files.writeString(this.directory.resolve("unfinished"), "");

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			execute(database, "SELECT 1");
			assertThat(this.directory.resolve("unfinished")).doesNotExist();
		}
	}

	@Test
	void startWhenDirectoryIsNotADataDirectoryLeavesItAlone() throws Exception {
		Path file = Files.createDirectories(this.directory.resolve("postgres")).resolve("diary.txt");
		Files.writeString(file, "mine");

		assertThatExceptionOfType(EmbeddedDatabaseException.class)
			.isThrownBy(() -> EmbeddedDatabase.start(this.directory))
			.withMessage("The embedded PostgreSQL did not start on \"" + this.directory + "\".");
		assertThat(file).hasContent("mine");
	}

	private Optional<ProcessHandle> server() throws Exception {
		if (!Files.exists(pidFile())) {
			return Optional.empty();
		}
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).get(0)));
	}

	private Path pidFile() {
		return this.directory.resolve("postgres/postmaster.pid");
	}

	private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int answer(EmbeddedDatabase database) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
			rows.next();
			return rows.getInt(1);
		}
	}

	private static Connection connect(EmbeddedDatabase database) throws SQLException {
		return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
	}

}
