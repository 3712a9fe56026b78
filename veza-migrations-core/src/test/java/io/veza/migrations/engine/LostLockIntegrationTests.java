package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LostLockIntegrationTests {

	private static final long RUN_LOCK = AdvisoryLockKey.of("public", "schema_migrations").value();

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DISCARD ALL;", "CREATE TABLE a (id int); SELECT pg_advisory_unlock_all();",
			"-- veza: transaction=off\nSELECT pg_advisory_unlock_all(); CREATE TABLE a (id int);" })
	void migrationThatReleasesTheLockGetsItBack(String release) {
		this.folder.with("1_release.sql", release, "SELECT 1;")
			.with("2_look.sql",
					"CREATE TABLE held AS SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted"
							+ " AND pid = pg_backend_pid();",
					"DROP TABLE held;");

		migrate();

		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1", "2");
		assertThat(this.database.query("SELECT count(*) FROM held")).containsExactly("1");
		assertThat(locks("granted")).isEqualTo("0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT pg_advisory_xact_lock(42); VACUUM; DISCARD ALL;",
			"SELECT pg_advisory_xact_lock(42), pg_advisory_unlock_all(); CREATE TABLE a (id int);" })
	void migrationThatLosesTheLockToAnotherRunIsNotRecorded(String release) throws SQLException {
		this.folder.with("1_release.sql", release, "SELECT 1;");
		try (Connection gate = this.database.connect(); Connection other = this.database.connect()) {
			execute(gate, "SELECT pg_advisory_lock(42)");
			CompletableFuture<Void> run = CompletableFuture.runAsync(this::migrate);
			Awaitility.await().until(() -> "1".equals(locks("NOT granted")));
			CompletableFuture<Void> next = CompletableFuture
				.runAsync(() -> execute(other, "SELECT pg_advisory_lock(" + RUN_LOCK + ")"));
			Awaitility.await().until(() -> "2".equals(locks("NOT granted")));
			execute(gate, "SELECT pg_advisory_unlock_all()");

			assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join)
				.withCauseInstanceOf(HistoryException.class)
				.withMessageContaining(
						"The lock of this run is gone and another run has it, so that nothing of version \"1\"")
				.withMessageContaining("(DISCARD ALL or pg_advisory_unlock_all). Remove that statement")
				.satisfies((ex) -> assertThat(((HistoryException) ex.getCause()).action())
					.contains("Remove that statement from the migration, and start again."));
			next.join();
			assertThat(this.database.query("SELECT 1 FROM pg_class WHERE relname = 'a'")).isEmpty();
		}
	}

	@Test
	void progressIsNotRecordedWhenAnotherRunHasSettledTheMigrationMeanwhile() throws SQLException {
		this.folder.with("1_release.sql", "DISCARD ALL; SELECT pg_advisory_xact_lock(42); CREATE TABLE a (id int);",
				"SELECT 1;");
		try (Connection gate = this.database.connect()) {
			execute(gate, "SELECT pg_advisory_lock(42)");
			CompletableFuture<Void> run = CompletableFuture.runAsync(this::migrate);
			Awaitility.await().until(() -> "1".equals(locks("NOT granted")));
			this.database.execute("DELETE FROM schema_migration_progress");
			execute(gate, "SELECT pg_advisory_unlock_all()");

			assertThatExceptionOfType(CompletionException.class).isThrownBy(run::join)
				.withMessageContaining("another run has it");
			assertThat(this.database.query("SELECT 1 FROM pg_class WHERE relname = 'a'")).isEmpty();
		}
	}

	private void migrate() {
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private String locks(String condition) {
		return this.database
			.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND " + condition
					+ " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
			.get(0);
	}

	private static void execute(Connection connection, String sql) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
