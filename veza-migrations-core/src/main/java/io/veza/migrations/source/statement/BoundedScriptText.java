package io.veza.migrations.source.statement;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.source.text.SourceTextSink;

/**
 * The text of a section or of a whole file, up to a maximum size.
 */
public final class BoundedScriptText implements SourceTextSink {

	/** Bytes of the line that marks the beginning of the next section, generously. */
	private static final int MARKER_LINE = 1024;

	private final int maxBytes;

	private final StringBuilder text = new StringBuilder();

	private long bytes;

	private BoundedScriptText(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Read on to the next section or the end of the file.
	 * @param source the file, read up to where the text begins
	 * @param scanner its scanner
	 * @param maxBytes the most bytes in UTF-8 that the text may have
	 * @return the text, or empty if it has more
	 */
	public static Optional<String> read(SourceTextCursor source, SqlStatementScanner scanner, int maxBytes) {
		BoundedScriptText text = new BoundedScriptText(maxBytes);
		source.add(text);
		ScannedPiece piece = scanner.next();
		while (piece != ScannedPiece.SECTION_START && piece != ScannedPiece.END && !text.tooLarge()) {
			piece = scanner.next();
		}
		source.remove(text);
		return text.get(piece == ScannedPiece.SECTION_START);
	}

	@Override
	public void append(TextPart part, char[] chars, int from, int to) {
		this.bytes += CurrentStatementText.utf8Length(chars, from, to);
		if (!tooLarge()) {
			this.text.append(chars, from, to - from);
		}
	}

	private boolean tooLarge() {
		return this.bytes > (long) this.maxBytes + MARKER_LINE;
	}

	private Optional<String> get(boolean beforeLastLine) {
		if (tooLarge()) {
			return Optional.empty();
		}
		String result = beforeLastLine ? this.text.substring(0, this.text.lastIndexOf("\n") + 1) : this.text.toString();
		boolean fits = result.getBytes(StandardCharsets.UTF_8).length <= this.maxBytes;
		return fits ? Optional.of(result) : Optional.empty();
	}

}
