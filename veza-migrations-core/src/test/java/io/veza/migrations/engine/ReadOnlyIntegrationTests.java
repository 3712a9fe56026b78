package io.veza.migrations.engine;

import java.nio.file.Path;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions that may not write, and users that lack a privilege.
 */
class ReadOnlyIntegrationTests {

	private static final String ADVICE = "The session is read-only: connect to the primary, and check "
			+ "default_transaction_read_only of the user (ALTER ROLE), the database (ALTER DATABASE) and the URL.";

	private final TestDatabase database = TestDatabase.create();

	private final String user = this.database.name() + "_user";

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
	}

	@Test
	void readOnlyDatabaseIsNamedBeforeTheFirstMigration() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET default_transaction_read_only = on");

		assertThatExceptionOfType(HistoryRefusedException.class).isThrownBy(this::migrate)
			.withMessageStartingWith("The history of version \"1\"")
			.withMessageEndingWith(
					"could not be written: cannot execute CREATE TABLE in a read-only transaction. " + ADVICE);
	}

	@Test
	void readOnlyDatabaseIsNamedAtTheStatementThatWrites() {
		migrate();
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET default_transaction_read_only = on");
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining(
					"2_b.sql:2:1: cannot execute CREATE TABLE in a read-only transaction (SQLSTATE 25006)")
			.withMessageContaining(ADVICE);
	}

	@Test
	void readOnlyRoleIsFineWhenNothingIsPending() {
		migrate();
		this.database.execute("CREATE ROLE " + this.user + " LOGIN PASSWORD 'x'; ALTER ROLE " + this.user
				+ " SET default_transaction_read_only = on; GRANT SELECT ON ALL TABLES IN SCHEMA public TO "
				+ this.user);

		assertThat(migrateAsUser().migrations()).isEmpty();
	}

	@Test
	void userWithoutRightsOnTheHistoryIsToldWhatToGrant() {
		migrate();
		this.database.execute("CREATE ROLE " + this.user + " LOGIN PASSWORD 'x'");

		assertThatExceptionOfType(HistoryFailedException.class).isThrownBy(this::migrateAsUser)
			.withMessage("The history tables cannot be read: ERROR: permission denied for table schema_migrations. "
					+ "Give the user that migrates the right to read and write them.");
	}

	@Test
	void userWhoMayOnlyReadTheHistoryIsToldWhatToGrant() {
		migrate();
		this.database.execute("CREATE ROLE " + this.user + " LOGIN PASSWORD 'x'; GRANT SELECT ON ALL TABLES IN SCHEMA "
				+ "public TO " + this.user);
		this.folder.with("2_b.sql", "SELECT 1;", "SELECT 1;");

		assertThatExceptionOfType(HistoryFailedException.class).isThrownBy(this::migrateAsUser)
			.withMessageContaining("could not be written: permission denied for table schema_migrations_snapshot. "
					+ "Give the user that migrates the right to create and write the history tables in their schema.");
	}

	@Test
	void userWithoutUsageOfASchemaIsToldWhatToGrant() {
		this.database.execute("CREATE SCHEMA app; CREATE ROLE " + this.user + " LOGIN PASSWORD 'x'; GRANT USAGE ON "
				+ "SCHEMA app TO " + this.user + "; ALTER ROLE " + this.user + " SET search_path = app");

		assertThatExceptionOfType(HistoryFailedException.class).isThrownBy(this::migrateAsUser)
			.withMessageContaining("could not be written: permission denied for schema app. "
					+ "Give the user that migrates the right to create and write the history tables in their schema.");
	}

	private MigrationReport migrate() {
		return Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private MigrationReport migrateAsUser() {
		return Migrators.migrator(this.folder, this.database.dataSource(this.user, "x"), MigratorOptions.defaults())
			.migrate(MigrateRequest.all());
	}

}
