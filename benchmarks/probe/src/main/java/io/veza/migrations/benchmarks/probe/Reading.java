package io.veza.migrations.benchmarks.probe;

import java.util.List;

/**
 * What one call of a tool took. It crosses processes as a line of text.
 *
 * @param nanos how long
 * @param allocated how many bytes were allocated by the threads that lived at its end
 */
public record Reading(long nanos, long allocated) {

	private static final String MARK = "measured ";

	/**
	 * Return the line that says it.
	 * @return the line
	 */
	public String line() {
		return MARK + this.nanos + " " + this.allocated;
	}

	/**
	 * Find the readings in the output of a process.
	 * @param output the lines
	 * @return the readings in their order
	 */
	public static List<Reading> in(List<String> output) {
		return output.stream().filter((line) -> line.startsWith(MARK)).map(Reading::parse).toList();
	}

	private static Reading parse(String line) {
		String[] parts = line.substring(MARK.length()).split(" ", 2);
		return new Reading(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

}
