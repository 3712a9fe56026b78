package io.veza.migrations.crash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a migrating process prints before and after it calls the driver.
 *
 * @param ended whether the call is over
 * @param phase what it is for
 * @param nanos when, by the clock that all processes of a machine share
 * @param text what is sent, in short
 */
record PhaseLine(boolean ended, Phase phase, long nanos, String text) {

	private static final Pattern LINE = Pattern.compile("PHASE(-END)? (\\w+) (-?\\d+) (.*)");

	private static final int MAX_TEXT = 70;

	static PhaseLine begun(Phase phase, String sql) {
		String text = sql.replaceAll("\\s+", " ").strip();
		return new PhaseLine(false, phase, System.nanoTime(), text.substring(0, Math.min(text.length(), MAX_TEXT)));
	}

	/**
	 * Return the line that says that this call is over.
	 * @return the line
	 */
	PhaseLine end() {
		return new PhaseLine(true, this.phase, System.nanoTime(), this.text);
	}

	/**
	 * Read a line of a process.
	 * @param line what it printed
	 * @return the line, or empty if it is another one
	 */
	static Optional<PhaseLine> parse(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of(new PhaseLine(matcher.group(1) != null, Phase.byId(matcher.group(2)),
				Long.parseLong(matcher.group(3)), matcher.group(4)));
	}

	@Override
	public String toString() {
		return "PHASE" + (this.ended ? "-END " : " ") + this.phase.id() + " " + this.nanos + " " + this.text;
	}

}
