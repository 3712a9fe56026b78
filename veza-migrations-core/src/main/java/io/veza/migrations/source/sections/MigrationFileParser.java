package io.veza.migrations.source.sections;

import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

import io.veza.migrations.Migration.Content;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.statement.CurrentStatementText;
import io.veza.migrations.source.statement.SqlStatementScanner;
import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.statement.StatementOutline;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.source.text.SectionTextDigest;
import io.veza.migrations.source.text.SectionTokenDigest;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * A parser that reads a migration file once from beginning to end and checks it, without
 * keeping its SQL.
 */
final class MigrationFileParser {

	private final InputStreamSource input;

	private final FileProblemCollector problems;

	private final FileParseBuffers buffers;

	private final SectionTokenDigest upDigest;

	private final SectionTextDigest downDigest;

	private final Map<SectionMarkerLine, Integer> markers = new EnumMap<>(SectionMarkerLine.class);

	private final Map<SectionMarkerLine, Integer> nearMisses = new EnumMap<>(SectionMarkerLine.class);

	private final FileSectionParser up;

	private final FileSectionParser down;

	private @Nullable FileSectionParser current;

	private @Nullable StatementOutline statementBeforeUp;

	MigrationFileParser(InputStreamSource input, FileProblemCollector problems, FileParseBuffers buffers) {
		this.input = input;
		this.problems = problems;
		this.buffers = buffers;
		this.upDigest = buffers.upDigest();
		this.downDigest = buffers.downDigest();
		this.up = new FileSectionParser(SectionMarkerLine.UP, problems);
		this.down = new FileSectionParser(SectionMarkerLine.DOWN, problems);
	}

	/**
	 * Read the file.
	 * @return its content, {@code null} if there are problems
	 */
	@Nullable ParsedFile parse() {
		try (SourceTextCursor source = SourceTextCursor.open(this.problems.file(), this.input, this.buffers.read())) {
			SqlStatementScanner scanner = new SqlStatementScanner(source, CurrentStatementText.measured(),
					SectionMarkerLine::isMarker);
			for (ScannedPiece piece = scanner.next(); piece != ScannedPiece.END; piece = scanner.next()) {
				accept(piece, scanner, source);
			}
			return finish(source.checksum());
		}
		catch (InvalidMigrationsException ex) {
			this.problems.addAll(ex.problems());
		}
		catch (UncheckedIOException ex) {
			this.problems.add("The file cannot be read: " + ex.getMessage() + ". Check that it may be read.");
		}
		return null;
	}

	private void accept(ScannedPiece piece, SqlStatementScanner scanner, SourceTextCursor source) {
		SectionMarkerLine marker = (piece == ScannedPiece.SECTION_START) ? SectionMarkerLine.of(scanner.comment())
				: null;
		if (marker != null) {
			begin(marker, scanner.commentLine(), source);
			return;
		}
		if (piece == ScannedPiece.COMMENT) {
			noteNearMiss(scanner.commentLine(), scanner.comment());
		}
		if (this.current != null) {
			this.current.accept(piece, scanner);
		}
		else {
			acceptBeforeUp(piece, scanner);
		}
	}

	private void begin(SectionMarkerLine marker, int line, SourceTextCursor source) {
		Integer first = this.markers.putIfAbsent(marker, line);
		if (first != null) {
			this.problems.add(line, 0, "A second \"" + marker.text() + "\" stands here, the first one on line " + first
					+ ". A file has one of each: remove this one, or split the file.");
			return;
		}
		if (marker == SectionMarkerLine.UP) {
			this.current = this.up;
			source.add(this.upDigest);
			Integer down = this.markers.get(SectionMarkerLine.DOWN);
			if (down != null) {
				this.problems.add(down, 0,
						"\"-- DOWN\" stands before \"-- UP\", which is on line " + line + ". Put the UP first.");
			}
		}
		else {
			this.current = this.down;
			source.remove(this.upDigest);
			FileSectionScript.skipLineEnd(source);
			source.add(this.downDigest);
		}
	}

	private void noteNearMiss(int line, String comment) {
		for (SectionMarkerLine marker : SectionMarkerLine.values()) {
			if (marker.resembles(comment)) {
				this.nearMisses.putIfAbsent(marker, line);
			}
		}
	}

	private void acceptBeforeUp(ScannedPiece piece, SqlStatementScanner scanner) {
		if (piece == ScannedPiece.STATEMENT && this.statementBeforeUp == null) {
			this.statementBeforeUp = scanner.outline();
		}
		if (piece == ScannedPiece.COMMENT && SectionDirectives.isDirective(SectionHeaderLine.of(scanner.comment()))) {
			this.problems.add(scanner.commentLine(), 0,
					"A directive has no effect before \"-- UP\". Move it below the line \"-- UP\" or \"-- DOWN\" of the section that it is for.");
		}
	}

	private @Nullable ParsedFile finish(Checksum checksum) {
		checkMarker(SectionMarkerLine.UP, "the SQL that is applied");
		checkMarker(SectionMarkerLine.DOWN, "the SQL that takes it back, or \"-- irreversible: <reason>\"");
		if (this.statementBeforeUp != null && this.markers.containsKey(SectionMarkerLine.UP)) {
			this.problems.add(this.statementBeforeUp.line(), this.statementBeforeUp.column(),
					this.statementBeforeUp.name()
							+ " stands before \"-- UP\", where it would never run. Move it below \"-- UP\".");
		}
		if (this.markers.size() == SectionMarkerLine.values().length) {
			checkDown();
		}
		MigrationSection upSection = this.up
			.finish(new FileSectionScript(this.problems.file(), this.input, SectionMarkerLine.UP));
		MigrationSection downSection = this.down
			.finish(new FileSectionScript(this.problems.file(), this.input, SectionMarkerLine.DOWN));
		return this.problems.isEmpty()
				? new ParsedFile(checksum,
						new Content(this.upDigest.checksum(), this.downDigest.checksum(), upSection, downSection))
				: null;
	}

	private void checkMarker(SectionMarkerLine marker, String below) {
		if (this.markers.containsKey(marker)) {
			return;
		}
		Integer nearMiss = this.nearMisses.get(marker);
		if (nearMiss != null) {
			this.problems.add(nearMiss, 0, "The file has no line \"" + marker.text() + "\", but line " + nearMiss
					+ " looks as if it were meant. Write it as \"" + marker.text() + "\", alone on its line.");
		}
		else {
			this.problems.add("The file has no line \"" + marker.text() + "\". Write it alone on a line, and below it "
					+ below + ".");
		}
	}

	private void checkDown() {
		if (this.down.isEmpty() && !this.down.isIrreversible() && !this.up.isEmpty()) {
			this.problems.add(this.markers.getOrDefault(SectionMarkerLine.DOWN, 0), 0,
					"The DOWN is empty. Write the SQL that takes the UP back, or \"-- irreversible: <reason>\" if there is none.");
		}
	}

	/**
	 * A valid file.
	 *
	 * @param checksum the checksum of the file
	 * @param content its content
	 */
	record ParsedFile(Checksum checksum, Content content) {
	}

}
