package io.veza.migrations.autoconfigure.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.veza.migrations.testsupport.ClassArchive;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * A main class in a JVM of its own, with its two streams kept apart.
 */
final class CommandProcess implements AutoCloseable {

	private static final ClassArchive CLASSES = ClassArchive.temporary();

	private final Process process;

	private final Path out;

	private final Path err;

	private CommandProcess(Process process, Path out, Path err) {
		this.process = process;
		this.out = out;
		this.err = err;
	}

	/**
	 * Start a main class.
	 * @param main the class
	 * @param environment variables to add
	 * @param arguments its arguments
	 * @return the process, to be closed
	 */
	static CommandProcess start(Class<?> main, Map<String, String> environment, List<String> arguments) {
		return start(main, CLASSES.options(), environment, arguments);
	}

	/**
	 * Start a main class without some libraries.
	 * @param main the class
	 * @param left what the paths of the libraries that are left out contain
	 * @param arguments its arguments
	 * @return the process, to be closed
	 */
	static CommandProcess startWithout(Class<?> main, List<String> left, List<String> arguments) {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((path) -> left.stream().noneMatch(path::contains))
			.collect(Collectors.joining(File.pathSeparator));
		return start(main, List.of("-cp", classPath), Map.of(), arguments);
	}

	private static CommandProcess start(Class<?> main, List<String> classes, Map<String, String> environment,
			List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1"));
		command.addAll(classes);
		command.add(main.getName());
		command.addAll(arguments);
		try {
			Path out = Files.createTempFile("veza", ".out");
			Path err = Files.createTempFile("veza", ".err");
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().putAll(environment);
			return new CommandProcess(builder.start(), out, err);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the arguments that point an application to a database and files.
	 * @param database the database
	 * @param folder the files
	 * @return the arguments, to which others can be added
	 */
	static List<String> arguments(TestDatabase database, MigrationFolder folder) {
		List<String> arguments = new ArrayList<>();
		for (String property : database.springProperties()) {
			arguments.add("--" + property);
		}
		arguments.add("--veza.migrations.locations=" + folder.location());
		return arguments;
	}

	CommandProcess awaitExit() {
		try {
			if (!this.process.waitFor(3, TimeUnit.MINUTES)) {
				throw new IllegalStateException("The process does not end:\n" + out() + err());
			}
			if (exitCode() == 0) {
				CLASSES.take();
			}
			return this;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	int exitCode() {
		return this.process.exitValue();
	}

	String out() {
		return read(this.out);
	}

	String err() {
		return read(this.err);
	}

	void terminate() {
		this.process.destroy();
	}

	void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			Files.delete(this.out);
			Files.delete(this.err);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
