package io.veza.migrations.source.sections;

import java.util.Optional;

import io.veza.migrations.source.statement.BoundedScriptText;
import io.veza.migrations.source.statement.CurrentStatementText;
import io.veza.migrations.source.statement.ScriptStatementReader;
import io.veza.migrations.source.statement.SqlStatementScanner;
import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.springframework.core.io.InputStreamSource;

/**
 * The SQL of a section of a file, read from there each time.
 *
 * @param file the file as people know it
 * @param input the file
 * @param marker the marker of the section
 */
record FileSectionScript(String file, InputStreamSource input, SectionMarkerLine marker) implements SqlScript {

	@Override
	public StatementReader open() {
		SourceTextCursor source = SourceTextCursor.open(this.file, this.input);
		try {
			return new ScriptStatementReader(source, scannerBehindMarker(source, CurrentStatementText.kept()));
		}
		catch (RuntimeException ex) {
			source.close();
			throw ex;
		}
	}

	@Override
	public Optional<String> text(int maxBytes) {
		try (SourceTextCursor source = SourceTextCursor.open(this.file, this.input)) {
			return BoundedScriptText.read(source, scannerBehindMarker(source, CurrentStatementText.measured()),
					maxBytes);
		}
	}

	private SqlStatementScanner scannerBehindMarker(SourceTextCursor source, CurrentStatementText text) {
		SqlStatementScanner scanner = new SqlStatementScanner(source, text, SectionMarkerLine::isMarker);
		for (ScannedPiece piece = scanner.next(); piece != ScannedPiece.SECTION_START
				|| SectionMarkerLine.of(scanner.comment()) != this.marker; piece = scanner.next()) {
			if (piece == ScannedPiece.END) {
				throw source.invalid(0, 0, "The file has no line \"" + this.marker.text()
						+ "\" any more. Do not change migration files while they run.");
			}
		}
		skipLineEnd(source);
		return scanner;
	}

	/**
	 * Skip the end of the line with the marker of a section.
	 * @param source the file, read up to that line
	 */
	static void skipLineEnd(SourceTextCursor source) {
		if (source.peek() == '\n') {
			source.read();
		}
	}

}
