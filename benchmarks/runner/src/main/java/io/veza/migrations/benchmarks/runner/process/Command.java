package io.veza.migrations.benchmarks.runner.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program and what it said.
 */
final class Command {

	private static final int LAST_LINES = 15;

	/** The last one of a Java program says most. */
	private static final String CAUSE = "Caused by: ";

	private final List<String> command;

	private final Duration limit;

	/**
	 * Create a new instance.
	 * @param command the program and its arguments
	 * @param limit how long it may take
	 */
	Command(List<String> command, Duration limit) {
		this.command = List.copyOf(command);
		this.limit = limit;
	}

	/** Run it to its end, and return its output. */
	List<String> run() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(this.command).redirectErrorStream(true).start();
		Thread watchdog = watchdog(process);
		try {
			List<String> output = read(process);
			if (process.waitFor() != 0) {
				throw new MeasurementFailedException(
						"The process ended with exit code " + process.exitValue() + ": " + last(output));
			}
			return output;
		}
		finally {
			watchdog.interrupt();
			process.destroyForcibly();
		}
	}

	/** Run it until it says something, and return how long that took. */
	Duration runUntil(String line) throws IOException, InterruptedException {
		long start = System.nanoTime();
		Process process = new ProcessBuilder(this.command).redirectErrorStream(true).start();
		Thread watchdog = watchdog(process);
		try (BufferedReader lines = process.inputReader()) {
			List<String> output = new ArrayList<>();
			for (String said = lines.readLine(); said != null; said = lines.readLine()) {
				if (said.equals(line)) {
					return Duration.ofNanos(System.nanoTime() - start);
				}
				output.add(said);
			}
			throw new MeasurementFailedException("The process ended without \"" + line + "\": " + last(output));
		}
		finally {
			watchdog.interrupt();
			process.destroy();
			process.waitFor();
		}
	}

	private Thread watchdog(Process process) {
		Thread thread = new Thread(() -> {
			try {
				if (!process.waitFor(this.limit.toMillis(), TimeUnit.MILLISECONDS)) {
					process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "watchdog");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static List<String> read(Process process) throws IOException {
		List<String> output = new ArrayList<>();
		try (BufferedReader lines = process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				output.add(line);
			}
		}
		return output;
	}

	private static String last(List<String> output) {
		return output.stream()
			.filter((line) -> line.startsWith(CAUSE))
			.reduce((first, second) -> second)
			.orElseGet(
					() -> String.join(" / ", output.subList(Math.max(0, output.size() - LAST_LINES), output.size())));
	}

}
