package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.source.StatementScanner.Piece;

/**
 * A DOWN that was stored with its history row.
 */
final class StoredDown {

	private final String label;

	private final InputStreamSource input;

	StoredDown(String sql, String label) {
		this.label = label;
		this.input = new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read the section.
	 * @return the section
	 * @throws InvalidMigrationsException if it breaks the rules
	 */
	MigrationSection parse() {
		FileProblems problems = new FileProblems(this.label);
		SectionParser section = new SectionParser(Marker.DOWN, problems);
		try (SourceText source = SourceText.open(this.label, this.input)) {
			StatementScanner scanner = new StatementScanner(source, StatementText.measured());
			for (Piece piece = scanner.next(); piece != Piece.END; piece = scanner.next()) {
				if (piece == Piece.MARKER) {
					problems.add(scanner.commentLine(), 0, "\"" + scanner.marker().text()
							+ "\" stands in a stored DOWN, which is one section. Run the rollback from an application that has the file.");
				}
				section.accept(piece, scanner);
			}
		}
		catch (InvalidMigrationsException ex) {
			problems.addAll(ex.problems());
		}
		MigrationSection result = section.finish(new SectionScript(this.label, this.input, null));
		if (!problems.isEmpty()) {
			throw new InvalidMigrationsException(SourceLines.addTo(problems, this.input));
		}
		return result;
	}

}
