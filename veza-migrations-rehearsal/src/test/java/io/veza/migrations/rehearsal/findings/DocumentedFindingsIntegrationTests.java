package io.veza.migrations.rehearsal.findings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.findings.DocumentedFindingsReader.Documented;
import io.veza.migrations.rehearsal.findings.DocumentedFindingsReader.Example;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every example of the page about findings.
 */
class DocumentedFindingsIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	@TempDir
	private Path folder;

	@AfterAll
	static void dropDatabase() {
		DATABASE.drop();
	}

	static Map<String, Documented> documented() throws IOException {
		return DocumentedFindingsReader.read(Path.of("../docs/findings.md"));
	}

	static Stream<String> codes() throws IOException {
		return documented().keySet().stream();
	}

	@Test
	void pageDescribesEveryCode() throws IOException {
		assertThat(documented().keySet())
			.containsExactlyInAnyOrder(Arrays.stream(FindingCode.values()).map(FindingCode::id).toArray(String[]::new));
	}

	@Test
	void pageTellsTheSeverityOfEveryCode() throws IOException {
		assertThat(documented()).allSatisfy((code, documented) -> assertThat(documented.text())
			.startsWithIgnoringCase(FindingCode.of(code).orElseThrow().severity().id() + "."));
	}

	@ParameterizedTest
	@MethodSource("codes")
	void unsafeExampleHasTheFinding(String code) throws IOException {
		RehearsalReport report = rehearse(documented().get(code).unsafe());

		assertThat(report.findings(Severity.ADVICE)).extracting(RehearsalFinding::code).contains(code);
	}

	@ParameterizedTest
	@MethodSource("codes")
	void safeExampleHasNotTheFindingAndNoError(String code) throws IOException {
		RehearsalReport report = rehearse(documented().get(code).safe());

		assertThat(report.findings(Severity.ADVICE)).extracting(RehearsalFinding::code).doesNotContain(code);
		assertThat(report.findings(Severity.ERROR)).isEmpty();
		assertThat(report.notRun()).isEmpty();
	}

	private RehearsalReport rehearse(Example example) {
		MigrationFolder files = MigrationFolder.in(this.folder);
		for (int i = 0; i < example.migrations().size(); i++) {
			files.withFile("00%d_example.sql".formatted(i + 1), example.migrations().get(i));
		}
		ByteArrayResource before = new ByteArrayResource(example.before().getBytes(StandardCharsets.UTF_8), "before");
		return Rehearsal.of(DATABASE.dataSource())
			.locations(files.location())
			.with((options) -> options.withSchemaDump(before, MigrationVersion.of("0")))
			.run();
	}

}
