package io.veza.migrations.rehearsal.findings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.findings.DocumentedFindingsReader.Documented;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsDocumentTests {

	private static final Path PAGE = Path.of("..", "docs", "findings.md");

	@Test
	void pageDescribesEachFindingAboutLocksAndDeployments() throws IOException {
		assertThat(DocumentedFindingsReader.read(PAGE))
			.containsKeys(codes().map(FindingCode::id).toArray(String[]::new));
	}

	@Test
	void pageDescribesOnlyWhatIsFound() throws IOException {
		assertThat(DocumentedFindingsReader.read(PAGE).keySet()).allMatch((id) -> FindingCode.of(id).isPresent());
	}

	@ParameterizedTest
	@MethodSource("codes")
	void pageNamesTheSeverityAndHasExamples(FindingCode code) throws IOException {
		Documented documented = DocumentedFindingsReader.read(PAGE).get(code.id());

		assertThat(documented.text().toLowerCase(Locale.ROOT)).startsWith(code.severity().id() + ". ");
		assertThat(documented.unsafe().migrations()).hasSize(1);
		assertThat(documented.unsafe().before()).startsWith("CREATE TABLE");
		assertThat(documented.safe().before()).isEqualTo(documented.unsafe().before());
		assertThat(documented.safe().migrations())
			.allSatisfy((migration) -> assertThat(migration).startsWith("-- UP\n").contains("\n-- DOWN\n"));
	}

	static Stream<FindingCode> codes() {
		return Arrays.stream(FindingCode.values())
			.filter((code) -> Set.of(Area.LOCK, Area.DEPLOYMENT).contains(code.area())
					|| code == FindingCode.ACCEPTANCE_WITHOUT_EFFECT);
	}

}
