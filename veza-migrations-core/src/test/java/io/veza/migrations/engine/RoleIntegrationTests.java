package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.SessionOptions;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoleIntegrationTests {

	private static final String WHO = "current_user || ' ' || session_user || ' ' || current_setting('role')";

	private final TestDatabase database = TestDatabase.create();

	private final String login = this.database.name() + "_login";

	private final String owner = this.database.name() + "_Owner";

	private MigrationFolder folder;

	@BeforeEach
	void createRoles(@TempDir Path path) {
		this.database.execute("""
				CREATE ROLE "%1$s" LOGIN NOINHERIT PASSWORD 'x';
				CREATE ROLE "%2$s";
				GRANT "%2$s" TO "%1$s";
				CREATE SCHEMA app AUTHORIZATION "%2$s";
				ALTER ROLE "%1$s" SET search_path = app""".formatted(this.login, this.owner));
		this.folder = MigrationFolder.in(path);
	}

	@Test
	void allThatARunMakesBelongsToTheRole() throws SQLException {
		this.folder.with("1_a.sql", "CREATE TABLE a AS SELECT " + WHO + " AS who;", "DROP TABLE a;")
			.with("2_b.sql", "CREATE INDEX CONCURRENTLY b ON a (who);", "DROP INDEX CONCURRENTLY b;");
		try (HikariDataSource dataSource = pool()) {
			migrator(dataSource).migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'app'"))
				.containsExactly(this.owner);
			assertThat(this.database.query("SELECT who FROM app.a"))
				.containsExactly(this.owner + " " + this.login + " " + this.owner);
			assertThat(who(dataSource)).isEqualTo(this.login + " " + this.login + " none");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "RESET ROLE;", "SET ROLE NONE;", "SET ROLE pg_monitor;", "RESET SESSION AUTHORIZATION;",
			"SET SESSION AUTHORIZATION DEFAULT;", "-- veza: transaction=off\nRESET ROLE;", "DISCARD ALL;" })
	void eachMigrationStartsWithTheRole(String change) throws SQLException {
		this.database.execute("GRANT pg_monitor TO \"" + this.login + "\"");
		this.folder.with("1_change.sql", change, "SELECT 1;")
			.with("2_look.sql", "CREATE TABLE a AS SELECT " + WHO + " AS who;", "DROP TABLE a;");
		try (HikariDataSource dataSource = pool()) {
			migrator(dataSource).migrate(MigrateRequest.all());

			assertThat(this.database.query("SELECT who FROM app.a"))
				.containsExactly(this.owner + " " + this.login + " " + this.owner);
			assertThat(who(dataSource)).isEqualTo(this.login + " " + this.login + " none");
		}
	}

	@Test
	void operationsThatOnlyLookReadTheHistoryUnderTheRole() throws SQLException {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		try (HikariDataSource dataSource = pool()) {
			Migrator migrator = migrator(dataSource);
			migrator.migrate(MigrateRequest.all());

			assertThat(migrator.status().state()).isEqualTo(MigrationStatus.State.UP_TO_DATE);
			assertThat(migrator.isUpToDate()).isTrue();
			assertThat(migrator.plan(Migrators.rollback(1)).steps()).hasSize(1);
			assertThat(who(dataSource)).isEqualTo(this.login + " " + this.login + " none");
			assertThat(migrator.rollback(Migrators.rollback(1)).migrations()).hasSize(1);
		}
	}

	@Test
	void roleIsPutBackAfterFailures() throws SQLException {
		this.folder.with("1_a.sql", "SELECT nowhere;", "SELECT 1;");
		try (HikariDataSource dataSource = pool()) {
			assertThatExceptionOfType(MigrationFailedException.class)
				.isThrownBy(() -> migrator(dataSource).migrate(MigrateRequest.all()));
			assertThat(who(dataSource)).isEqualTo(this.login + " " + this.login + " none");

			this.database.execute("CREATE TABLE app.schema_migrations (version text)");
			assertThatExceptionOfType(HistoryException.class)
				.isThrownBy(() -> migrator(dataSource).migrate(MigrateRequest.all()));
			assertThat(who(dataSource)).isEqualTo(this.login + " " + this.login + " none");
		}
	}

	@Test
	void roleThatTheSessionHadBeforeComesBack() throws SQLException {
		this.database.execute("GRANT pg_monitor TO \"" + this.login + "\"");
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		HikariConfig config = config();
		config.setConnectionInitSql("SET ROLE pg_monitor");
		try (HikariDataSource dataSource = new HikariDataSource(config)) {
			migrator(dataSource).migrate(MigrateRequest.all());

			assertThat(who(dataSource)).isEqualTo("pg_monitor " + this.login + " pg_monitor");
		}
	}

	@Test
	void roleThatDoesNotExistIsNamed() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(this.login, "x"),
				MigratorOptions.defaults().with(SessionOptions.defaults().withRole("no \"such\" role")));

		assertThatExceptionOfType(HistoryException.class).isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.withMessage("The role \"no \"such\" role\" of veza.migrations.role does not exist. "
					+ "Create it and grant it to the user \"" + this.login + "\", or correct veza.migrations.role.")
			.extracting(MigrationException::exitCode)
			.isEqualTo(2);
	}

	@Test
	void roleThatMayNotBeAssumedIsNamed() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(this.login, "x"),
				MigratorOptions.defaults().with(SessionOptions.defaults().withRole("postgres")));

		assertThatExceptionOfType(HistoryException.class).isThrownBy(migrator::validate)
			.withMessage(
					"The user \"" + this.login + "\" may not assume the role \"postgres\" of veza.migrations.role. "
							+ "Run GRANT \"postgres\" TO \"" + this.login + "\", or correct veza.migrations.role.");
		assertThat(migrator.status().problems().get(0)).contains("may not assume the role \"postgres\"");
	}

	private Migrator migrator(HikariDataSource dataSource) {
		return Migrators.migrator(this.folder, dataSource,
				MigratorOptions.defaults().with(SessionOptions.defaults().withRole(this.owner)));
	}

	private static String who(HikariDataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT " + WHO)) {
			row.next();
			return row.getString(1);
		}
	}

	private HikariDataSource pool() {
		return new HikariDataSource(config());
	}

	private HikariConfig config() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.url());
		config.setUsername(this.login);
		config.setPassword("x");
		config.setMaximumPoolSize(1);
		return config;
	}

}
