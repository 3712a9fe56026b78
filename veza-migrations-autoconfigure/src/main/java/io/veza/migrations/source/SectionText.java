package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * All characters of a section, unless they are too many.
 */
final class SectionText implements TextSink {

	/** Bytes of the line that marks the beginning of the next section, generously. */
	private static final int MARKER_LINE = 1024;

	private final int maxBytes;

	private final StringBuilder text = new StringBuilder();

	private long bytes;

	SectionText(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	@Override
	public void append(Part part, char[] chars, int from, int to) {
		this.bytes += StatementText.utf8Length(chars, from, to);
		if (!tooLarge()) {
			this.text.append(chars, from, to - from);
		}
	}

	boolean tooLarge() {
		return this.bytes > (long) this.maxBytes + MARKER_LINE;
	}

	/**
	 * Return the text.
	 * @param beforeLastLine whether the last line is the marker of the next section
	 * @return the text, or empty if it is too large
	 */
	Optional<String> get(boolean beforeLastLine) {
		if (tooLarge()) {
			return Optional.empty();
		}
		String result = beforeLastLine ? this.text.substring(0, this.text.lastIndexOf("\n") + 1) : this.text.toString();
		boolean fits = result.getBytes(StandardCharsets.UTF_8).length <= this.maxBytes;
		return fits ? Optional.of(result) : Optional.empty();
	}

}
