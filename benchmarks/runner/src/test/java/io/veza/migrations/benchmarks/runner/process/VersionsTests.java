package io.veza.migrations.benchmarks.runner.process;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Versions}.
 */
class VersionsTests {

	@Test
	void versionsAreThoseOfTheClassPath(@TempDir Path home) throws Exception {
		for (Contender contender : Contender.values()) {
			Path target = Files.createDirectories(home.resolve(contender.module()).resolve("target"));
			Files.writeString(target.resolve("classpath"),
					"/m2/postgresql-42.7.14.jar:/m2/flyway-core-12.4.0.jar:/m2/flyway-database-postgresql-12.4.0.jar");
		}

		assertThat(new Versions(home).all()).containsEntry(Contender.FLYWAY.label(), "pgjdbc 42.7.14, Flyway 12.4.0")
			.doesNotContainKey(Contender.PSQL.label());
	}

}
