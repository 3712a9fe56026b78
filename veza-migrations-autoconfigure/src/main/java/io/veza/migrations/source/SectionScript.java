package io.veza.migrations.source;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.SqlScript;
import io.veza.migrations.StatementReader;
import io.veza.migrations.source.StatementScanner.Piece;

/**
 * The SQL of a section of a file, read from there each time.
 *
 * @param file the file as people know it
 * @param input the file
 * @param marker the marker of the section, {@code null} if it is all of the file
 */
record SectionScript(String file, InputStreamSource input, @Nullable Marker marker) implements SqlScript {

	@Override
	public StatementReader open() {
		SourceText source = SourceText.open(this.file, this.input);
		try {
			StatementScanner scanner = scanner(source, StatementText.kept());
			seek(source, scanner);
			return new SectionReader(source, scanner);
		}
		catch (RuntimeException ex) {
			source.close();
			throw ex;
		}
	}

	@Override
	public Optional<String> text(int maxBytes) {
		try (SourceText source = SourceText.open(this.file, this.input)) {
			StatementScanner scanner = scanner(source, StatementText.measured());
			seek(source, scanner);
			SectionText text = new SectionText(maxBytes);
			source.add(text);
			Piece piece = scanner.next();
			while (piece != Piece.MARKER && piece != Piece.END && !text.tooLarge()) {
				piece = scanner.next();
			}
			source.remove(text);
			return text.get(piece == Piece.MARKER);
		}
	}

	private StatementScanner scanner(SourceText source, StatementText text) {
		return (this.marker != null) ? new StatementScanner(source, text) : StatementScanner.ofOneSection(source, text);
	}

	private void seek(SourceText source, StatementScanner scanner) {
		if (this.marker == null) {
			return;
		}
		for (Piece piece = scanner.next(); piece != Piece.MARKER
				|| scanner.marker() != this.marker; piece = scanner.next()) {
			if (piece == Piece.END) {
				throw source.invalid(0, 0, "The file has no line \"" + this.marker.text()
						+ "\" any more. Do not change migration files while they run.");
			}
		}
		begin(source);
	}

	/**
	 * Pass over the end of the line that marks the beginning of a section.
	 * @param source the file, read up to that line
	 */
	static void begin(SourceText source) {
		if (source.peek() == '\n') {
			source.read();
		}
	}

}
