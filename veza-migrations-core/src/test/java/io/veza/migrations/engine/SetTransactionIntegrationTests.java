package io.veza.migrations.engine;

import java.nio.file.Path;

import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.request.MigrateRequest;
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

class SetTransactionIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;",
			"set local transaction isolation level serializable;",
			"SET TRANSACTION READ WRITE; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, DEFERRABLE;",
			"SET transaction_isolation = 'serializable';" })
	void setTransactionAtTheHeadOfAMigrationWorks(String set) {
		this.folder
			.with("1_a.sql", set + " CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;",
					"DROP TABLE a;")
			.with("2_b.sql", set + " CREATE TABLE app.b AS SELECT current_setting('transaction_isolation') AS level;",
					"DROP TABLE b;");

		migrate(MigratorOptions.defaults().with(new HistoryTableNames("app", "h", "e", "p")));

		assertThat(this.database.query("SELECT level FROM app.a UNION ALL SELECT level FROM app.b"))
			.containsExactly("serializable", "serializable");
		assertThat(this.database.query("SELECT version FROM app.h")).containsExactly("1", "2");
	}

	@Test
	void migrationOfNothingButSetTransactionIsRecorded() {
		this.folder.with("1_a.sql", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;", "SELECT 1;");

		migrate(MigratorOptions.defaults());

		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void readWriteAtTheHeadOfAMigrationWorksInAReadOnlyDatabase() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET default_transaction_read_only = on");
		this.folder.with("1_a.sql", "SET TRANSACTION READ WRITE; CREATE TABLE a (id int);", "DROP TABLE a;");

		migrate(MigratorOptions.defaults());

		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void setTransactionAfterAQuerySaysWhereItHasToStand() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int); SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;",
				"DROP TABLE a;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(MigratorOptions.defaults()))
			.withMessageContaining("SET TRANSACTION ISOLATION LEVEL must be called before any query")
			.withMessageContaining("PostgreSQL takes it only before the first query of a transaction: "
					+ "make it the first statement of the section.")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("transaction=off"));
	}

	private void migrate(MigratorOptions options) {
		Migrators.migrator(this.folder, this.database.dataSource(), options).migrate(MigrateRequest.all());
	}

}
