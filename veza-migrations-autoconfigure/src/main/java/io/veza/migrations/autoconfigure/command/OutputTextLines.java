package io.veza.migrations.autoconfigure.command;

import java.util.List;

/**
 * A text that is put together line by line.
 */
public final class OutputTextLines {

	private static final String INDENT = "  ";

	private final StringBuilder text = new StringBuilder();

	/**
	 * Add a line.
	 * @param line the line, without its end
	 * @return this text
	 */
	public OutputTextLines line(String line) {
		this.text.append(line.stripTrailing()).append('\n');
		return this;
	}

	/**
	 * Add a text that may have several lines.
	 * @param depth how far it is indented
	 * @param block the text
	 * @return this text
	 */
	public OutputTextLines indented(int depth, String block) {
		block.lines().forEach((line) -> line(INDENT.repeat(depth) + line));
		return this;
	}

	/**
	 * Add a list, or nothing if it is empty.
	 * @param title what it lists
	 * @param items one text each
	 * @return this text
	 */
	OutputTextLines list(String title, List<String> items) {
		if (!items.isEmpty()) {
			line("").line(title + ":");
			items.forEach((item) -> indented(1, item));
		}
		return this;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
