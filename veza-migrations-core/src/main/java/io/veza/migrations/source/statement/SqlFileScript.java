package io.veza.migrations.source.statement;

import java.util.Optional;

import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.springframework.core.io.InputStreamSource;

/**
 * The SQL of a file without sections, read from there each time.
 *
 * @param file the file as people know it
 * @param input the file
 */
public record SqlFileScript(String file, InputStreamSource input) implements SqlScript {

	@Override
	public StatementReader open() {
		SourceTextCursor source = SourceTextCursor.open(this.file, this.input);
		return new ScriptStatementReader(source, new SqlStatementScanner(source, CurrentStatementText.kept()));
	}

	@Override
	public Optional<String> text(int maxBytes) {
		try (SourceTextCursor source = SourceTextCursor.open(this.file, this.input)) {
			return BoundedScriptText.read(source, new SqlStatementScanner(source, CurrentStatementText.measured()),
					maxBytes);
		}
	}

}
