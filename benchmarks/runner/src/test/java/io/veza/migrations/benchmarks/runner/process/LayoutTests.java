package io.veza.migrations.benchmarks.runner.process;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Layout}.
 */
class LayoutTests {

	private static final String UP = """
			CREATE TABLE bench_00001 (id bigint PRIMARY KEY, name text NOT NULL);
			CREATE INDEX bench_00001_name ON bench_00001 (name);
			""";

	@TempDir
	private Path folder;

	@Test
	void sqlIsTheSameForAll() throws Exception {
		assertThat(read(Layout.VEZA, "00001_create_bench_00001.sql")).contains(UP);
		assertThat(read(Layout.FLYWAY, "V00001__create_bench_00001.sql")).isEqualTo(UP);
		assertThat(read(Layout.LIQUIBASE, "db/changelog/changes/00001_create_bench_00001.sql")).contains(UP);
		assertThat(read(Layout.PSQL, "script.sql")).contains("BEGIN;\n" + UP + "INSERT");
	}

	private String read(Layout layout, String file) throws Exception {
		return Files.readString(layout.writeAll(this.folder.resolve(layout.name()), 1).resolve(file));
	}

}
