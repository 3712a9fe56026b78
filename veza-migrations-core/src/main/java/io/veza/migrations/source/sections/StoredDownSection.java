package io.veza.migrations.source.sections;

import java.nio.charset.StandardCharsets;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.statement.CurrentStatementText;
import io.veza.migrations.source.statement.SqlFileScript;
import io.veza.migrations.source.statement.SqlStatementScanner;
import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.source.text.ProblemSourceLines;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.MigrationSection;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

/**
 * A DOWN section that is stored with the history row of its migration.
 */
public final class StoredDownSection {

	private final String label;

	private final InputStreamSource input;

	/**
	 * Create a section that is not read yet.
	 * @param sql the stored text
	 * @param label the name of it in messages
	 */
	public StoredDownSection(String sql, String label) {
		this.label = label;
		this.input = new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read the section.
	 * @return the section
	 * @throws InvalidMigrationsException if it breaks the rules
	 */
	public MigrationSection parse() {
		FileProblemCollector problems = new FileProblemCollector(this.label);
		FileSectionParser section = new FileSectionParser(SectionMarkerLine.DOWN, problems);
		try (SourceTextCursor source = SourceTextCursor.open(this.label, this.input)) {
			SqlStatementScanner scanner = new SqlStatementScanner(source, CurrentStatementText.measured(),
					SectionMarkerLine::isMarker);
			for (ScannedPiece piece = scanner.next(); piece != ScannedPiece.END; piece = scanner.next()) {
				SectionMarkerLine marker = (piece == ScannedPiece.SECTION_START)
						? SectionMarkerLine.of(scanner.comment()) : null;
				if (marker != null) {
					problems.add(scanner.commentLine(), 0, "\"" + marker.text()
							+ "\" stands in a stored DOWN, which is one section. Run the rollback from an application that has the file.");
				}
				section.accept(piece, scanner);
			}
		}
		catch (InvalidMigrationsException ex) {
			problems.addAll(ex.problems());
		}
		MigrationSection result = section.finish(new SqlFileScript(this.label, this.input));
		if (!problems.isEmpty()) {
			throw new InvalidMigrationsException(ProblemSourceLines.addTo(problems, this.input));
		}
		return result;
	}

}
