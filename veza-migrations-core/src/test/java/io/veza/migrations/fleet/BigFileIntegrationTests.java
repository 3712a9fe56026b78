package io.veza.migrations.fleet;

import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.testsupport.FullSize;
import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BigFileIntegrationTests {

	private static final int MEGABYTES = FullSize.or(100, 20);

	private static final List<String> OPTIONS = List.of("-Xmx" + FullSize.or(64, 20) + "m",
			"-XX:+ExitOnOutOfMemoryError");

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	private BigFile file;

	@BeforeEach
	void prepareFile(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
		this.file = BigFile.in(this.folder, "001_messages.sql", MEGABYTES);
	}

	@Test
	void insertsRunInASmallHeap() {
		this.file.writeUpWithInserts();

		assertThat(run("migrate").exitCode()).isZero();

		assertAllRowsAreThere();
	}

	@Test
	void copyRunsInASmallHeap() {
		this.file.writeUpWithCopy();

		assertThat(run("migrate").exitCode()).isZero();

		assertAllRowsAreThere();
	}

	@Test
	void downThatIsTooLargeToBeStoredRunsInASmallHeap() {
		this.file.writeDownWithInserts();

		assertThat(run("migrate").exitCode()).isZero();
		assertThat(this.database.query("SELECT down_sql IS NULL FROM schema_migrations")).containsExactly("t");
		assertThat(run("rollback").exitCode()).isZero();

		assertAllRowsAreThere();
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations")).containsExactly("0");
	}

	private void assertAllRowsAreThere() {
		assertThat(this.database.query("SELECT count(*), max(id) FROM message"))
			.containsExactly(this.file.rows() + "|" + this.file.rows());
	}

	private ReplicaRun run(String operation) {
		List<String> arguments = Replica.arguments(operation, this.folder, this.database);
		try (JavaProcess process = JavaProcess.start(Replica.class, OPTIONS, arguments)) {
			process.say(Replica.GO);
			return ReplicaRun.await(process);
		}
	}

}
