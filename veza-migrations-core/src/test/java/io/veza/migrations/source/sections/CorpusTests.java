package io.veza.migrations.source.sections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.Migration.Content;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the files in the corpus folder. Beside each {@code .sql} file stands what is
 * expected of it: its sections and statements, or its problems.
 */
class CorpusTests {

	private static final Path CORPUS = Path.of("src/test/resources/corpus");

	static Stream<Path> parseValidFile() throws IOException {
		return files("valid");
	}

	@ParameterizedTest
	@MethodSource
	void parseValidFile(Path file) throws IOException {
		Content content = new TestContent(new FileSystemResource(file)).parse();

		assertThat(describe("UP", content.up()) + describe("DOWN", content.down())).isEqualTo(expected(file));
	}

	static Stream<Path> parseInvalidFile() throws IOException {
		return files("invalid");
	}

	@ParameterizedTest
	@MethodSource
	void parseInvalidFile(Path file) throws IOException {
		List<FileProblem> problems = new TestContent(new FileSystemResource(file)).problems();

		assertThat(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n", "", "\n")))
			.isEqualTo(expected(file));
	}

	private static Stream<Path> files(String folder) throws IOException {
		try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith(".sql")).sorted().toList().stream();
		}
	}

	private static String expected(Path file) throws IOException {
		return Files.readString(Path.of(file.toString().replaceFirst("sql$", "expected")));
	}

	private static String describe(String name, MigrationSection section) {
		List<String> lines = new ArrayList<>();
		lines
			.add(name + (section.transactional() ? " transactional" : " non-transactional") + " " + section.metadata());
		if (section.irreversible() != null) {
			lines.add("irreversible: " + section.irreversible());
		}
		try (StatementReader reader = section.script().open()) {
			while (reader.hasNext()) {
				SqlStatement statement = reader.next();
				lines.add(statement.line() + ":" + statement.column() + " " + statement.kind() + " "
						+ oneLine(statement.sql()));
				if (statement.kind() == Kind.COPY_FROM_STDIN) {
					lines.add(reader.copyDataLine() + " " + oneLine(TestContent.readAll(reader.copyData())));
				}
			}
		}
		return String.join("\n", lines) + "\n";
	}

	private static String oneLine(String text) {
		return text.replace("\n", "⏎");
	}

}
