package io.veza.migrations.autoconfigure.command;

import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.autoconfigure.rehearsal.RehearsalFiles;
import io.veza.migrations.autoconfigure.rehearsal.RehearsalReports;
import io.veza.migrations.rehearsal.RehearsalReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RehearsalCommandTests {

	private final WrittenStreams written = new WrittenStreams();

	@TempDir
	private Path folder;

	@Test
	void rehearsalWithAnErrorEndsWith9() {
		assertThat(run(RehearsalReports.full())).isEqualTo(9);

		assertThat(this.written.out()).startsWith("Rehearsal of 4 migration(s)").contains("Failed: settle each");
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void rehearsalWithoutAnErrorIsDone() {
		assertThat(run(RehearsalReports.clean())).isZero();

		assertThat(this.written.out()).endsWith("Passed: no finding is an error.\n");
	}

	@Test
	void rehearsalWritesItsFiles() {
		Path reports = this.folder.resolve("a/b");

		new RehearsalCommand(RehearsalReports::full, reports, text()).run();

		assertThat(reports.resolve(RehearsalFiles.JSON)).isNotEmptyFile();
		assertThat(reports.resolve(RehearsalFiles.HTML)).isNotEmptyFile();
	}

	@Test
	void rehearsalWhoseFolderCannotBeMadeDoesNotBegin() throws Exception {
		Path file = Files.createFile(this.folder.resolve("file"));
		RehearsalCommand command = new RehearsalCommand(() -> {
			throw new IllegalStateException("begun");
		}, file, text());

		assertThatExceptionOfType(InvalidCommandException.class).isThrownBy(command::run)
			.withMessageStartingWith("The report cannot be written into \"" + file + "\"")
			.withMessageEndingWith("Name a directory in which this process may write in "
					+ "veza.migrations.rehearsal.report-directory.");
	}

	@Test
	void rehearsalAsJsonIsTheReport() {
		new RehearsalCommand(RehearsalReports::full, null, new JsonOutput(this.written.streams())).run();

		assertThat(this.written.out()).startsWith("{\"formatVersion\":1,\"server\":\"17.11\",").endsWith("}\n");
	}

	private int run(RehearsalReport report) {
		return new RehearsalCommand(() -> report, null, text()).run();
	}

	private TextOutput text() {
		return new TextOutput(this.written.streams());
	}

}
