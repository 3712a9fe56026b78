package io.veza.migrations.autoconfigure.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands in real processes of an application that has much to do at its start.
 */
class CommandProcessIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY);", "DROP TABLE customer;");
	}

	@Test
	void migrateStartsNothingOfTheApplicationAndWritesOnlyItsReport() {
		try (CommandProcess process = run("migrate", "--spring.jpa.hibernate.ddl-auto=validate")) {
			assertThat(process.exitCode()).as(process.err()).isZero();
			assertThat(process.out()).matches("Applied 1 migration\\(s\\)\\.\n {2}1 customer in \\d+ ms\n");
			assertThat(process.err()).doesNotContain("started:").contains("Applying 1 migration(s): 1");
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	private CommandProcess run(String command, String... options) {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--veza.migrations.command=" + command);
		arguments.addAll(List.of(options));
		return CommandProcess.start(BusyApplication.class, Map.of(), arguments).awaitExit();
	}

}
