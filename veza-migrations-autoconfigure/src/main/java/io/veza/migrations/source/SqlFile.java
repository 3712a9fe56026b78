package io.veza.migrations.source;

import java.io.UncheckedIOException;

import org.springframework.core.io.Resource;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.SqlScript;
import io.veza.migrations.source.StatementScanner.Piece;

/**
 * A file of SQL that is no migration: sample rows, or what {@code pg_dump} has written in
 * its plain format. Its encoding is UTF-8. All of it is one script, in which a line such
 * as {@code -- UP} is a comment like any other.
 */
public final class SqlFile {

	private final Resource resource;

	private final String label;

	/**
	 * Create a new instance.
	 * @param resource the file
	 * @param label the file as people know it
	 */
	public SqlFile(Resource resource, String label) {
		this.resource = resource;
		this.label = label;
	}

	/**
	 * Read the file as a whole, to know that it can be run.
	 * @return its SQL
	 * @throws InvalidMigrationsException if it cannot be read, or has what only psql can
	 * do
	 */
	public SqlScript script() {
		FileProblems problems = new FileProblems(this.label);
		try (SourceText source = SourceText.open(this.label, this.resource)) {
			StatementScanner scanner = StatementScanner.ofOneSection(source, StatementText.measured());
			for (Piece piece = scanner.next(); piece != Piece.END; piece = scanner.next()) {
				ClientCommands.check(piece, scanner, problems);
			}
		}
		catch (InvalidMigrationsException ex) {
			problems.addAll(ex.problems());
		}
		catch (UncheckedIOException ex) {
			problems.add("The file cannot be read: " + ex.getMessage() + ". Check that it is there and may be read.");
		}
		if (!problems.isEmpty()) {
			throw new InvalidMigrationsException(SourceLines.addTo(problems, this.resource));
		}
		return new SectionScript(this.label, this.resource, null);
	}

}
