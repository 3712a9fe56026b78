package io.veza.migrations.autoconfigure.command.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.autoconfigure.command.InvalidCommandException;
import io.veza.migrations.autoconfigure.command.JsonOutput;
import io.veza.migrations.autoconfigure.command.TextOutput;
import io.veza.migrations.autoconfigure.command.WrittenStreams;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportedRehearsalTests {

	private final WrittenStreams written = new WrittenStreams();

	@TempDir
	private Path folder;

	@Test
	void rehearsalWithAnErrorEndsWith9() {
		assertThat(run(TestRehearsalReports.full())).isEqualTo(9);

		assertThat(this.written.out()).startsWith("Rehearsal of 4 migration(s)").contains("Failed: settle each");
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void rehearsalWithoutAnErrorIsDone() {
		assertThat(run(TestRehearsalReports.clean())).isZero();

		assertThat(this.written.out()).endsWith("Passed: no finding is an error.\n");
	}

	@Test
	void rehearsalWritesItsFiles() {
		Path reports = this.folder.resolve("a/b");

		new ReportedRehearsal(TestRehearsalReports::full, reports).run(text());

		assertThat(reports.resolve(RehearsalFiles.JSON)).isNotEmptyFile();
		assertThat(reports.resolve(RehearsalFiles.HTML)).isNotEmptyFile();
	}

	@Test
	void rehearsalWhoseFolderCannotBeMadeDoesNotBegin() throws Exception {
		Path file = Files.createFile(this.folder.resolve("file"));
		ReportedRehearsal rehearsal = new ReportedRehearsal(() -> {
			throw new IllegalStateException("begun");
		}, file);

		assertThatExceptionOfType(InvalidCommandException.class).isThrownBy(() -> rehearsal.run(text()))
			.withMessageStartingWith("The report cannot be written into \"" + file + "\"")
			.withMessageEndingWith("Name a directory in which this process may write in "
					+ "veza.migrations.rehearsal.report-directory.");
	}

	@Test
	void rehearsalAsJsonIsTheReport() {
		new ReportedRehearsal(TestRehearsalReports::full, null).run(new JsonOutput(this.written.streams()));

		assertThat(this.written.out()).startsWith("{\"formatVersion\":1,\"server\":\"17.11\",").endsWith("}\n");
	}

	private int run(RehearsalReport report) {
		return new ReportedRehearsal(() -> report, null).run(text());
	}

	private TextOutput text() {
		return new TextOutput(this.written.streams());
	}

}
