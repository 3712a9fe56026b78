package io.veza.migrations.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts migrating processes, each in a JVM of its own. The first one that ends in peace
 * leaves an archive of its classes, with which the others start sooner; the JVM takes
 * such archives for jars only, so that the folders of classes are packed.
 */
final class ChildJvm {

	private final Path folder;

	private final Path archive;

	private final String classPath;

	private int started;

	ChildJvm(Path folder) throws IOException {
		this.folder = folder;
		this.archive = folder.resolve("classes.jsa");
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			entries.add((Files.isDirectory(path) ? pack(path, entries.size()) : path).toString());
		}
		this.classPath = String.join(File.pathSeparator, entries);
	}

	private Path pack(Path classes, int number) throws IOException {
		Path jar = this.folder.resolve(number + ".jar");
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> files = Files.walk(classes)) {
			for (Path path : files.filter(Files::isRegularFile).toList()) {
				String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
				if (!name.equals("META-INF/MANIFEST.MF")) {
					out.putNextEntry(new JarEntry(name));
					Files.copy(path, out);
				}
			}
		}
		return jar;
	}

	/**
	 * Start a migrating process.
	 * @param arguments its arguments
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	Child start(List<String> arguments) throws IOException {
		boolean archived = Files.exists(this.archive);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
						(archived ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + this.archive, "-cp",
						this.classPath, MigratingProcess.class.getName()));
		command.addAll(arguments);
		Path errors = this.folder.resolve("errors-" + ++this.started + ".log");
		return new Child(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
	}

}
