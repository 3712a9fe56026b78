package io.veza.migrations.source;

import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.source.StatementScanner.Piece;

/**
 * Reads a migration file once from beginning to end and checks it; keeps nothing of its
 * SQL.
 */
final class ContentParser {

	private final InputStreamSource input;

	private final FileProblems problems;

	private final ParseBuffers buffers;

	private final TokenDigest upDigest;

	private final TextDigest downDigest;

	private final Map<Marker, Integer> markers = new EnumMap<>(Marker.class);

	private final Map<Marker, Integer> nearMisses = new EnumMap<>(Marker.class);

	private final SectionParser up;

	private final SectionParser down;

	private @Nullable SectionParser current;

	private @Nullable StatementOutline early;

	ContentParser(InputStreamSource input, FileProblems problems, ParseBuffers buffers) {
		this.input = input;
		this.problems = problems;
		this.buffers = buffers;
		this.upDigest = new TokenDigest(buffers.up().reset());
		this.downDigest = new TextDigest(buffers.down().reset());
		this.up = new SectionParser(Marker.UP, problems);
		this.down = new SectionParser(Marker.DOWN, problems);
	}

	/**
	 * Read the file.
	 * @return its content, {@code null} if there are problems
	 */
	@Nullable Parsed parse() {
		try (SourceText source = SourceText.open(this.problems.file(), this.input, this.buffers.read())) {
			StatementScanner scanner = new StatementScanner(source, StatementText.measured());
			for (Piece piece = scanner.next(); piece != Piece.END; piece = scanner.next()) {
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

	private void accept(Piece piece, StatementScanner scanner, SourceText source) {
		if (piece == Piece.MARKER) {
			marker(scanner.marker(), scanner.commentLine(), source);
			return;
		}
		if (piece == Piece.COMMENT) {
			noteNearMiss(scanner.commentLine(), scanner.comment());
		}
		if (this.current != null) {
			this.current.accept(piece, scanner);
		}
		else {
			acceptBeforeUp(piece, scanner);
		}
	}

	private void marker(Marker marker, int line, SourceText source) {
		Integer first = this.markers.putIfAbsent(marker, line);
		if (first != null) {
			this.problems.add(line, 0, "A second \"" + marker.text() + "\" stands here, the first one on line " + first
					+ ". A file has one of each: remove this one, or split the file.");
			return;
		}
		if (marker == Marker.UP) {
			this.current = this.up;
			source.add(this.upDigest);
			Integer down = this.markers.get(Marker.DOWN);
			if (down != null) {
				this.problems.add(down, 0,
						"\"-- DOWN\" stands before \"-- UP\", which is on line " + line + ". Put the UP first.");
			}
		}
		else {
			this.current = this.down;
			source.remove(this.upDigest);
			SectionScript.begin(source);
			source.add(this.downDigest);
		}
	}

	private void noteNearMiss(int line, String comment) {
		for (Marker marker : Marker.values()) {
			if (marker.resembles(comment)) {
				this.nearMisses.putIfAbsent(marker, line);
			}
		}
	}

	private void acceptBeforeUp(Piece piece, StatementScanner scanner) {
		if (piece == Piece.STATEMENT && this.early == null) {
			this.early = scanner.outline();
		}
		if (piece == Piece.COMMENT && Directives.isDirective(HeaderLine.of(scanner.comment()))) {
			this.problems.add(scanner.commentLine(), 0,
					"A directive has no effect before \"-- UP\". Move it below the line \"-- UP\" or \"-- DOWN\" of the section that it is for.");
		}
	}

	private @Nullable Parsed finish(Checksum checksum) {
		checkMarker(Marker.UP, "the SQL that is applied");
		checkMarker(Marker.DOWN, "the SQL that takes it back, or \"-- irreversible: <reason>\"");
		if (this.early != null && this.markers.containsKey(Marker.UP)) {
			this.problems.add(this.early.line(), this.early.column(),
					this.early.name() + " stands before \"-- UP\", where it would never run. Move it below \"-- UP\".");
		}
		if (this.markers.size() == Marker.values().length) {
			checkDown();
		}
		MigrationSection upSection = this.up.finish(new SectionScript(this.problems.file(), this.input, Marker.UP));
		MigrationSection downSection = this.down
			.finish(new SectionScript(this.problems.file(), this.input, Marker.DOWN));
		return this.problems.isEmpty()
				? new Parsed(checksum,
						new Content(this.upDigest.checksum(), this.downDigest.checksum(), upSection, downSection))
				: null;
	}

	private void checkMarker(Marker marker, String below) {
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
			this.problems.add(this.markers.getOrDefault(Marker.DOWN, 0), 0,
					"The DOWN is empty. Write the SQL that takes the UP back, or \"-- irreversible: <reason>\" if there is none.");
		}
	}

	/**
	 * A valid file.
	 *
	 * @param checksum the checksum of the file
	 * @param content what it holds
	 */
	record Parsed(Checksum checksum, Content content) {
	}

}
