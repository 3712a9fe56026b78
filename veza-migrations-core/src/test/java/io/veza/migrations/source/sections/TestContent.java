package io.veza.migrations.source.sections;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Migration.Content;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.sections.MigrationFileParser.ParsedFile;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.source.text.ProblemSourceLines;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

/**
 * The content of a migration file that a test gives.
 *
 * @param input the file
 */
public record TestContent(InputStreamSource input) {

	static final String FILE = "001_test.sql";

	/** Shared by all files: one leaves nothing behind for the next. */
	private static final FileParseBuffers BUFFERS = new FileParseBuffers();

	public static TestContent of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	public static TestContent of(byte[] bytes) {
		return new TestContent(new ByteArrayResource(bytes));
	}

	/**
	 * Return a file with an UP and a DOWN.
	 * @param sql the SQL of the UP
	 * @return the content
	 */
	public static TestContent ofUp(String sql) {
		return of("-- UP\n" + sql + "\n-- DOWN\n-- irreversible: test\n");
	}

	public Content parse() {
		return parsed().content();
	}

	ParsedFile parsed() {
		FileProblemCollector problems = new FileProblemCollector(FILE);
		ParsedFile parsed = new MigrationFileParser(this.input, problems, BUFFERS).parse();
		if (parsed == null) {
			throw new AssertionError(problems.sorted());
		}
		return parsed;
	}

	MigrationSection up() {
		return parse().up();
	}

	List<FileProblem> problems() {
		FileProblemCollector problems = new FileProblemCollector(FILE);
		new MigrationFileParser(this.input, problems, BUFFERS).parse();
		return ProblemSourceLines.addTo(problems, this.input);
	}

	/**
	 * Return the problems.
	 * @return {@code line:column message} each
	 */
	List<String> messages() {
		return problems().stream()
			.map((problem) -> problem.line() + ":" + problem.column() + " " + problem.message())
			.toList();
	}

	public List<String> upStatements() {
		return statements(up().script()).stream().map(SqlStatement::sql).toList();
	}

	public static List<SqlStatement> statements(SqlScript script) {
		List<SqlStatement> statements = new ArrayList<>();
		try (StatementReader reader = script.open()) {
			reader.forEachRemaining(statements::add);
		}
		return statements;
	}

	public static String readAll(Reader reader) {
		try {
			StringWriter writer = new StringWriter();
			reader.transferTo(writer);
			return writer.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
