package io.veza.migrations.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;

class BootReplicaIntegrationTests {

	private static final String ACCEPTING = BootReplica.readiness(ReadinessState.ACCEPTING_TRAFFIC);

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("001_person.sql", "CREATE TABLE person (id bigint);", "DROP TABLE person;")
			.with("002_index.sql", "CREATE INDEX CONCURRENTLY person_id ON person (id);", "DROP INDEX person_id;");
	}

	@Test
	void applicationThatWaitsAcceptsTrafficWhenAnotherHasMigrated() {
		try (JavaProcess waiting = start("wait")) {
			waiting.awaitLine(BootReplica.WAITING);
			assertThat(waiting.output()).doesNotContain(ACCEPTING);

			try (JavaProcess migrating = start("migrate")) {
				assertThat(migrating.awaitExit()).isZero();
			}
			waiting.awaitLine(ACCEPTING);

			assertThat(waiting.awaitExit()).isZero();
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("001",
				"002");
	}

	private JavaProcess start(String mode) {
		List<String> arguments = new ArrayList<>();
		List.of(this.database.springProperties()).forEach((property) -> arguments.add("--" + property));
		arguments.add("--veza.migrations.locations=" + this.folder.location());
		arguments.add("--veza.migrations.mode=" + mode);
		return JavaProcess.start(BootReplica.class, List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"), arguments);
	}

}
