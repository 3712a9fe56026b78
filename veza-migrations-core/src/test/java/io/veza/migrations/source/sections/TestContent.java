package io.veza.migrations.source;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.SqlScript;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import io.veza.migrations.source.ContentParser.Parsed;

/**
 * The content of a migration file that a test gives.
 *
 * @param input the file
 */
record TestContent(InputStreamSource input) {

	static final String FILE = "001_test.sql";

	/** Shared by all files: one leaves nothing behind for the next. */
	private static final ParseBuffers BUFFERS = new ParseBuffers();

	static TestContent of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	static TestContent of(byte[] bytes) {
		return new TestContent(new ByteArrayResource(bytes));
	}

	/**
	 * Return a file with an UP and a DOWN.
	 * @param sql the SQL of the UP
	 * @return the content
	 */
	static TestContent ofUp(String sql) {
		return of("-- UP\n" + sql + "\n-- DOWN\n-- irreversible: test\n");
	}

	Content parse() {
		return parsed().content();
	}

	Parsed parsed() {
		FileProblems problems = new FileProblems(FILE);
		Parsed parsed = new ContentParser(this.input, problems, BUFFERS).parse();
		if (parsed == null) {
			throw new AssertionError(problems.sorted());
		}
		return parsed;
	}

	MigrationSection up() {
		return parse().up();
	}

	List<FileProblem> problems() {
		FileProblems problems = new FileProblems(FILE);
		new ContentParser(this.input, problems, BUFFERS).parse();
		return SourceLines.addTo(problems, this.input);
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

	List<String> upStatements() {
		return statements(up().script()).stream().map(SqlStatement::sql).toList();
	}

	static List<SqlStatement> statements(SqlScript script) {
		List<SqlStatement> statements = new ArrayList<>();
		try (StatementReader reader = script.open()) {
			reader.forEachRemaining(statements::add);
		}
		return statements;
	}

	static String readAll(Reader reader) {
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
