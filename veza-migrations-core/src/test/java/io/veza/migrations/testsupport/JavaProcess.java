package io.veza.migrations.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

/**
 * A main class of the tests in a JVM of its own, with the class path of this one.
 */
public final class JavaProcess implements AutoCloseable {

	/** Many JVMs on few cores take long to start. */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final Process process;

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final Thread reader;

	private JavaProcess(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "output of process " + process.pid());
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Start a main class.
	 * @param main the class
	 * @param options options of the JVM, such as {@code -Xmx64m}
	 * @param arguments arguments of the main class
	 * @return the process, to be closed
	 */
	public static JavaProcess start(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		try {
			return new JavaProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a line to the standard input of the process.
	 * @param line the line
	 */
	public void say(String line) {
		try {
			this.process.outputWriter().append(line).append('\n').flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return all lines that the process has written so far, to either stream.
	 * @return the lines
	 */
	public List<String> output() {
		return List.copyOf(this.output);
	}

	/**
	 * Return the first line that has a part, written already or not yet.
	 * @param part the part
	 * @return the line
	 * @throws IllegalStateException if the process ends without having written it
	 */
	public String awaitLine(String part) {
		Awaitility.await().atMost(PATIENCE).until(() -> line(part).isPresent() || !this.reader.isAlive());
		return line(part).orElseThrow(() -> new IllegalStateException(
				"The process ended without a line with \"" + part + "\":\n" + String.join("\n", this.output)));
	}

	private Optional<String> line(String part) {
		return this.output.stream().filter((line) -> line.contains(part)).findFirst();
	}

	/**
	 * Return how the process ended, when it and its output have.
	 * @return the exit code
	 */
	public int awaitExit() {
		Awaitility.await().atMost(PATIENCE).until(() -> !this.process.isAlive() && !this.reader.isAlive());
		return this.process.exitValue();
	}

	/**
	 * Ask the process to end, as an orchestrator does.
	 */
	public void terminate() {
		// Process.destroy() would also stop to listen
		this.process.toHandle().destroy();
	}

	/**
	 * End the process without giving it a chance to do anything about it.
	 */
	public void kill() {
		this.process.destroyForcibly();
	}

	@Override
	public void close() {
		kill();
		awaitExit();
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.output.add(line);
			}
		}
		catch (IOException ex) {
			this.output.add("The output could not be read: " + ex);
		}
	}

}
