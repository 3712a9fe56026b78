package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.OperationRunningException;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_a.sql", "CREATE TABLE a (id int); SET search_path = pg_catalog; SET work_mem = '1MB';",
					"DROP TABLE a;");
	}

	@Test
	void poolOfOneWithoutAutoCommitGetsItsConnectionBackAsItWas() throws SQLException {
		HikariConfig config = pool();
		config.setAutoCommit(false);
		config.setConnectionInitSql("SET work_mem = '7MB'; SET app.tenant = 'acme'");
		try (HikariDataSource dataSource = new HikariDataSource(config)) {
			Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults()).migrate(MigrateRequest.all());

			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery(
							"""
									SELECT current_setting('work_mem') || current_setting('app.tenant'), current_setting('search_path'),
										(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())""")) {
				row.next();
				assertThat(connection.getAutoCommit()).isFalse();
				assertThat(row.getString(1)).isEqualTo("7MBacme");
				assertThat(row.getString(2)).isEqualTo("\"$user\", public");
				assertThat(row.getInt(3)).isZero();
			}
		}
	}

	@Test
	void poolGetsItsConnectionBackAfterAFailure() throws SQLException {
		this.folder.with("2_bad.sql", "SET work_mem = '1MB'; SELECT nowhere;", "SELECT 1;");
		try (HikariDataSource dataSource = new HikariDataSource(pool())) {
			Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator.migrate(MigrateRequest.all()));

			try (Connection connection = dataSource.getConnection();
					Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery("SHOW work_mem")) {
				row.next();
				assertThat(row.getString(1)).isEqualTo("4MB");
			}
		}
	}

	@Test
	void statusDuringARunNeedsNoConnection() throws SQLException {
		this.folder.with("2_slow.sql", "SELECT pg_advisory_xact_lock(42);", "SELECT 1;");
		try (HikariDataSource dataSource = new HikariDataSource(pool()); Connection blocker = lock(42)) {
			Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			Awaitility.await()
				.until(() -> migrator.running()
					.filter((operation) -> MigrationVersion.of("2").equals(operation.version()))
					.isPresent());

			MigrationStatus status = migrator.status();
			release(blocker);

			assertThat(status.state()).isEqualTo(MigrationStatus.State.RUNNING);
			assertThat(status.applied()).extracting((info) -> info.version().text()).containsExactly("1");
			assertThat(status.pending()).extracting((info) -> info.state()).containsExactly(MigrationState.RUNNING);
			assertThat(run.join().migrations()).hasSize(2);
			assertThat(migrator.running()).isEmpty();
		}
	}

	@Test
	void secondOperationOfThisProcessIsRefusedWithWhoAndSinceWhen() throws SQLException {
		this.folder.with("2_slow.sql", "SELECT pg_advisory_xact_lock(42);", "SELECT 1;");
		try (Connection blocker = lock(42)) {
			Migrator migrator = Migrators.migrator(this.folder, this.database);
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(new MigrateRequest(null, Migrators.OPERATOR)));
			Awaitility.await().until(() -> migrator.running().isPresent());

			assertThatExceptionOfType(OperationRunningException.class)
				.isThrownBy(() -> migrator.rollback(Migrators.rollback(1)))
				.withMessageContaining("requested by \"olivia\" is running since");

			release(blocker);
			run.join();
		}
	}

	@Test
	void lockThatAnotherProcessHoldsIsNamedWithItsHolder() throws SQLException {
		try (Connection other = lock(AdvisoryLockKey.of("public", "schema_migrations").value())) {
			Migrator migrator = Migrators.migrator(this.folder, this.database);

			assertThatExceptionOfType(LockNotObtainedException.class)
				.isThrownBy(() -> migrator.migrate(new MigrateRequest(null, Migrators.OPERATOR)))
				.withMessageContaining("the lock is held by process ")
				.withMessageContaining("application \"other run\"");

			assertThat(other.isValid(1)).isTrue();
			assertThat(this.database.objects()).isEmpty();
		}
	}

	@Test
	void statusWhileWaitingForAnotherRunSaysWhoHoldsTheLock() throws SQLException {
		try (Connection other = lock(AdvisoryLockKey.of("public", "schema_migrations").value());
				HikariDataSource dataSource = new HikariDataSource(pool())) {
			Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			Awaitility.await().until(() -> migrator.status().state() == MigrationStatus.State.WAITING);

			MigrationStatus status = migrator.status();
			release(other);

			assertThat(status.running().waitingFor()).contains("application \"other run\"");
			assertThat(status.pending()).extracting((info) -> info.version().text()).containsExactly("1");
			assertThat(run.join().migrations()).hasSize(1);
		}
	}

	@Test
	void lockIsGivenBackWhenTheHistoryTurnsOutToBeAnothers() throws SQLException {
		try (Connection other = lock(AdvisoryLockKey.of("public", "schema_migrations").value());
				HikariDataSource dataSource = new HikariDataSource(pool())) {
			Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults());
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator.migrate(MigrateRequest.all()));
			Awaitility.await().until(() -> migrator.status().state() == MigrationStatus.State.WAITING);
			this.database.execute("CREATE TABLE schema_migrations (version text)");
			release(other);

			assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join)
				.withCauseInstanceOf(HistoryException.class);

			assertThat(this.database.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
					+ "(SELECT oid FROM pg_database WHERE datname = current_database())"))
				.containsExactly("0");
		}
	}

	@Test
	void twoProcessesAtOnceApplyEachMigrationOnce() {
		for (int i = 2; i < 30; i++) {
			this.folder.with(i + "_t.sql", "CREATE TABLE t" + i + " (id int);", "DROP TABLE t" + i + ";");
		}

		CompletableFuture<MigrationReport> first = CompletableFuture.supplyAsync(this::migrate);
		CompletableFuture<MigrationReport> second = CompletableFuture.supplyAsync(this::migrate);

		assertThat(first.join().migrations().size() + second.join().migrations().size()).isEqualTo(29);
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations")).containsExactly("29");
	}

	@Test
	void databaseThatIsNotThereIsUnreachable() {
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource("nobody", "secret-word"),
				MigratorOptions.defaults());

		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.withMessageContaining("\"nobody\"")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-word"));
	}

	@Test
	void urlThatCannotBeReadIsNotShown() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:postgresql://localhost:abc/x?user=u&password=secret-word");

		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults()).status())
			.withMessageContaining("Unable to parse URL the JDBC URL")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-word"));
	}

	@Test
	void dataSourceThatThrowsAnythingIsUnreachable() {
		DataSource broken = new AbstractDataSource() {

			@Override
			public Connection getConnection() {
				throw new IllegalStateException("Driver has not been set");
			}

			@Override
			public Connection getConnection(String username, String password) {
				return getConnection();
			}

		};

		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> Migrators.migrator(this.folder, broken, MigratorOptions.defaults()).status())
			.withMessageContaining("Driver has not been set");
	}

	@Test
	void userWithoutThePrivilegeToCreateTheTableIsToldWhatToGrant() {
		String user = this.database.name() + "_app";
		this.database
			.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'x'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(user, "x"),
				MigratorOptions.defaults());

		assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.withMessageContaining("permission denied for schema public")
			.withMessageContaining("GRANT CREATE ON SCHEMA public");

		assertThat(this.database.objects()).isEmpty();
	}

	private MigrationReport migrate() {
		return Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private HikariConfig pool() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.url());
		config.setUsername(this.database.user());
		config.setPassword(this.database.password());
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
		return config;
	}

	/** A session that holds an advisory lock until it is closed. */
	private Connection lock(long key) throws SQLException {
		Connection connection = this.database.connect();
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET application_name = 'other run'");
			statement.execute("SELECT pg_advisory_lock(" + key + ")");
		}
		return connection;
	}

	private static void release(Connection blocker) throws SQLException {
		try (Statement statement = blocker.createStatement()) {
			statement.execute("SELECT pg_advisory_unlock_all()");
		}
	}

}
