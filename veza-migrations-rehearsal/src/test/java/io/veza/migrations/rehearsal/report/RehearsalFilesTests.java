package io.veza.migrations.rehearsal.report;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.rehearsal.RehearsalReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RehearsalFilesTests {

	@TempDir
	private Path folder;

	@Test
	void writeMakesTheFolderAndLeavesNothingElse() {
		Path target = this.folder.resolve("classes/META-INF");

		RehearsalFiles.write(TestRehearsalReports.clean(), target);
		RehearsalFiles.write(TestRehearsalReports.full(), target);

		assertThat(target).isDirectoryContaining((file) -> file.endsWith(RehearsalFiles.HTML))
			.satisfies((made) -> assertThat(made.toFile().list()).hasSize(2));
	}

	@Test
	void jsonHoldsTheWholeReport() throws Exception {
		JsonNode json = json();

		assertThat(json.path("formatVersion").asInt()).isEqualTo(1);
		assertThat(json.path("startedAt").asString()).isEqualTo("2024-01-15T10:00:00Z");
		assertThat(json.path("durationMs").asInt()).isEqualTo(1234);
		assertThat(json.path("notRun").get(0).asString()).isEqualTo("005");
		assertThat(json.path("summary").toString()).isEqualTo(
				"""
						{"migrations":4,"irreversible":0,"reversibility":{"exact":1,"except-column-order":1,\
						"except-white-space":0,"no":1,"down-failed":0,"up-failed":1},"errors":1,"warnings":0,"advice":1,"accepted":1}""");
	}

	@Test
	void jsonOfAMigrationHoldsItsIdentityAndVerdict() throws Exception {
		JsonNode migration = json().path("migrations").get(1);

		assertThat(migration.path("version").asString()).isEqualTo("002");
		assertThat(migration.path("checksum").asString()).isEqualTo("file002");
		assertThat(migration.path("upChecksum").asString()).isEqualTo("v1:up002");
		assertThat(migration.path("downChecksum").asString()).isEqualTo("down002");
		assertThat(migration.path("reversibility").asString()).isEqualTo("no");
		assertThat(migration.path("secondTime").asString()).isEqualTo("same");
		assertThat(migration.path("kinds").toString()).isEqualTo("[\"schema\",\"data\"]");
		assertThat(migration.path("data").get(0).path("changed").asInt()).isEqualTo(3);
		assertThat(migration.path("notRestored").get(0).path("before").asString()).contains("NOT NULL");
		assertThat(migration.path("findings").get(2).path("accepted").asString()).isEqualTo("the table is small");
	}

	@Test
	void jsonOfAStatementHoldsItsLocks() throws Exception {
		JsonNode statement = json().path("migrations").get(1).path("up").path("statements").get(1);

		assertThat(statement.path("line").asInt()).isEqualTo(4);
		assertThat(statement.path("observation").asString()).isEqualTo("observed");
		assertThat(statement.path("relations").get(0).path("lock").asString()).isEqualTo("ACCESS EXCLUSIVE");
		assertThat(statement.path("relations").get(0).path("lockTaken").asBoolean()).isTrue();
	}

	@Test
	void jsonCutsLongSql() {
		JsonNode statement = json(TestRehearsalReports.hostile("x".repeat(5000))).path("migrations")
			.get(0)
			.path("up")
			.path("statements")
			.get(0);

		assertThat(statement.path("sql").asString()).hasSize(2000);
		assertThat(statement.path("truncated").asBoolean()).isTrue();
	}

	@Test
	void jsonOfAFailureSaysWhere() {
		JsonNode failure = json().path("migrations").get(3).path("up").path("failure");

		assertThat(failure.path("sqlState").asString()).isEqualTo("42P01");
		assertThat(failure.path("line").asInt()).isEqualTo(3);
	}

	@Test
	void writeIntoAFileFails() throws Exception {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> RehearsalFiles.write(TestRehearsalReports.clean(), file));
	}

	@Test
	void writeJsonWritesNoPage() {
		Path file = this.folder.resolve("classes").resolve("META-INF/" + RehearsalFiles.JSON);

		RehearsalFiles.writeJson(TestRehearsalReports.clean(), file);

		assertThat(file.getParent().toFile().list()).containsExactly(RehearsalFiles.JSON);
		assertThat(JsonMapper.shared().readTree(file.toFile()).path("formatVersion").asInt()).isEqualTo(1);
	}

	private JsonNode json() {
		return json(TestRehearsalReports.full());
	}

	private JsonNode json(RehearsalReport report) {
		RehearsalFiles.write(report, this.folder);
		return JsonMapper.shared().readTree(this.folder.resolve(RehearsalFiles.JSON).toFile());
	}

}
