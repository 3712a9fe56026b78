package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.testsupport.ClassArchive;

/**
 * Starts migrating processes, each in a JVM of its own.
 */
final class ChildJvm {

	private final Path folder;

	private final ClassArchive classes;

	private int started;

	ChildJvm(Path folder) {
		this.folder = folder;
		this.classes = new ClassArchive(folder);
	}

	/**
	 * Start a migrating process.
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	Child start(List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(this.classes.options());
		command.add(MigratingProcess.class.getName());
		command.addAll(arguments);
		Path errors = this.folder.resolve("errors-" + ++this.started + ".log");
		return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
	}

	/**
	 * Let the next processes start sooner, after one has ended in peace.
	 */
	void takeClasses() {
		this.classes.take();
	}

}
