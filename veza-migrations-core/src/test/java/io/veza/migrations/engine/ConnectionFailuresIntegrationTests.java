package io.veza.migrations.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What people read when there is no connection to be had, on a server of its own.
 */
class ConnectionFailuresIntegrationTests {

	private static final String SECRET = "secret-word";

	private EmbeddedPostgres server;

	private MigrationFolder folder;

	@BeforeEach
	void start(@TempDir Path path) throws IOException {
		this.server = EmbeddedPostgres.builder()
			.setServerConfig("max_connections", "4")
			.setServerConfig("superuser_reserved_connections", "0")
			.setRegisterShutdownHook(false)
			.start();
		this.folder = MigrationFolder.in(path).with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void wrongPasswordIsNotShown() throws SQLException, IOException {
		execute("CREATE ROLE eva LOGIN PASSWORD 'right'");
		Path access = Path.of(ask("SHOW hba_file"));
		Files.writeString(access, "host all eva all scram-sha-256\n" + Files.readString(access));
		execute("SELECT pg_reload_conf()");
		Awaitility.await()
			.until(() -> ask("SELECT count(*) FROM pg_hba_file_rules WHERE user_name = '{eva}'").equals("1"));

		assertUnreachable(dataSource("eva", "postgres"))
			.withMessage("The database cannot be reached: FATAL: password authentication failed for user \"eva\". "
					+ "Check the user name and the password of the DataSource, or veza.migrations.username and "
					+ "veza.migrations.password if they are set, and whether the server's pg_hba.conf lets the user in.");
	}

	@Test
	void unknownUserIsNamed() {
		assertUnreachable(dataSource("nobody", "postgres"))
			.withMessageStartingWith("The database cannot be reached: FATAL: role \"nobody\" does not exist. "
					+ "Check the user name and the password of the DataSource");
	}

	@Test
	void unknownDatabaseIsNamed() {
		assertUnreachable(dataSource("postgres", "nowhere"))
			.withMessage("The database cannot be reached: FATAL: database \"nowhere\" does not exist. "
					+ "Check the name of the database in the URL of the DataSource, or create the database.");
	}

	@Test
	@SuppressWarnings("try") // the connections only have to be open
	void serverWithoutAFreeConnectionIsNamed() throws SQLException {
		try (Connection first = connect();
				Connection second = connect();
				Connection third = connect();
				Connection fourth = connect()) {
			assertUnreachable(dataSource("postgres", "postgres"))
				.withMessage("The database cannot be reached: FATAL: sorry, too many clients already. "
						+ "All connections that the server, the database or the user may have are in use: close those that "
						+ "nobody needs, make pools smaller, or raise max_connections or the CONNECTION LIMIT.");
		}
	}

	@Test
	void userWithoutAFreeConnectionIsNamed() throws SQLException {
		execute("CREATE ROLE eva LOGIN CONNECTION LIMIT 0");

		assertUnreachable(dataSource("eva", "postgres"))
			.withMessageStartingWith("The database cannot be reached: FATAL: too many connections for role \"eva\". "
					+ "All connections that the server, the database or the user may have are in use");
	}

	@Test
	void serverThatShutsDownIsToBeWaitedFor() throws SQLException, IOException {
		try (Connection open = connect()) {
			shutDown();
			Awaitility.await().until(this::refusesConnections);

			assertUnreachable(dataSource("postgres", "postgres"))
				.withMessage("The database cannot be reached: FATAL: the database system is shutting down. "
						+ "The server is starting, stopping or recovering: start again when it takes connections.");
			assertThat(open.isValid(1)).isTrue();
		}
	}

	@Test
	void poolThatTheApplicationHasEmptiedIsNamed() throws SQLException {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource("postgres", "postgres"));
		config.setPoolName("orders-pool");
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(250);
		try (HikariDataSource pool = new HikariDataSource(config); Connection kept = pool.getConnection()) {
			assertUnreachable(pool).withMessageMatching(
					"The database cannot be reached: orders-pool - Connection is not available, request "
							+ "timed out after \\d+ms \\(total=1, active=1, idle=0, waiting=0\\)\\. "
							+ "The application has borrowed every connection of the pool and gives none back in time: "
							+ "look for what keeps them, give the pool one more, or give migrations a connection of their "
							+ "own with veza\\.migrations\\.url\\.");
			assertThat(kept.isValid(1)).isTrue();
		}
	}

	@Test
	void poolWhoseServerRefusesSaysWhatTheServerSaid() {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource("postgres", "nowhere"));
		config.setConnectionTimeout(250);
		config.setInitializationFailTimeout(-1);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			assertUnreachable(pool).withMessageStartingWith(
					"The database cannot be reached: FATAL: database \"nowhere\" does not exist. Check the name");
		}
	}

	private ThrowableAssertAlternative<DatabaseUnreachableException> assertUnreachable(DataSource dataSource) {
		Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
		return assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(SECRET, "jdbc:"))
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(5));
	}

	private DataSource dataSource(String user, String database) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl("jdbc:postgresql://localhost:" + this.server.getPort() + "/" + database);
		dataSource.setUser(user);
		dataSource.setPassword(SECRET);
		return dataSource;
	}

	/** A smart shutdown lets those who are connected finish. */
	private void shutDown() throws SQLException, IOException {
		Path lockFile = Path.of(ask("SHOW data_directory"), "postmaster.pid");
		long pid = Long.parseLong(Files.readAllLines(lockFile).get(0).strip());
		ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
	}

	private boolean refusesConnections() {
		try (Connection connection = connect()) {
			return !connection.isValid(1);
		}
		catch (SQLException ex) {
			return true;
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(this.server.getJdbcUrl("postgres", "postgres"));
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private String ask(String query) throws SQLException {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
	}

}
