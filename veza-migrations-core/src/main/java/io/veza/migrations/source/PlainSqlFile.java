package io.veza.migrations.source;

import java.io.UncheckedIOException;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.statement.CurrentStatementText;
import io.veza.migrations.source.statement.PsqlCommandCheck;
import io.veza.migrations.source.statement.SqlFileScript;
import io.veza.migrations.source.statement.SqlStatementScanner;
import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.source.text.ProblemSourceLines;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlScript;
import org.springframework.core.io.Resource;

/**
 * A file of SQL that is not a migration, such as sample rows or the output of
 * {@code pg_dump} in its plain format. Its encoding is UTF-8. The whole file is one
 * script: a line such as {@code -- UP} is an ordinary comment.
 */
public final class PlainSqlFile {

	private final Resource resource;

	private final String label;

	/**
	 * Create a new instance.
	 * @param resource the file
	 * @param label the file as people know it
	 */
	public PlainSqlFile(Resource resource, String label) {
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
		FileProblemCollector problems = new FileProblemCollector(this.label);
		try (SourceTextCursor source = SourceTextCursor.open(this.label, this.resource)) {
			SqlStatementScanner scanner = new SqlStatementScanner(source, CurrentStatementText.measured());
			for (ScannedPiece piece = scanner.next(); piece != ScannedPiece.END; piece = scanner.next()) {
				PsqlCommandCheck.check(piece, scanner, problems);
			}
		}
		catch (InvalidMigrationsException ex) {
			problems.addAll(ex.problems());
		}
		catch (UncheckedIOException ex) {
			problems.add("The file cannot be read: " + ex.getMessage() + ". Check that it is there and may be read.");
		}
		if (!problems.isEmpty()) {
			throw new InvalidMigrationsException(ProblemSourceLines.addTo(problems, this.resource));
		}
		return new SqlFileScript(this.label, this.resource);
	}

}
