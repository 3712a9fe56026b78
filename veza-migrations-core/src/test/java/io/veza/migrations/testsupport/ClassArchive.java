package io.veza.migrations.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * An archive of the classes of this JVM's class path. The first process that ends in
 * peace leaves it, and the others start sooner with it; the JVM takes such archives for
 * jars only, so that the folders of classes are packed.
 */
public final class ClassArchive {

	private final Path archive;

	private final Path recording;

	private final String classPath;

	/**
	 * Create an archive.
	 * @param folder an empty folder for it
	 */
	public ClassArchive(Path folder) {
		this.archive = folder.resolve("classes.jsa");
		this.recording = folder.resolve("recording.jsa");
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			entries
				.add((Files.isDirectory(path) ? pack(path, folder.resolve(entries.size() + ".jar")) : path).toString());
		}
		this.classPath = String.join(File.pathSeparator, entries);
	}

	/**
	 * Create an archive in a folder that goes with this JVM.
	 * @return the archive
	 */
	public static ClassArchive temporary() {
		try {
			Path folder = Files.createTempDirectory("veza-classes");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
			return new ClassArchive(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path folder) {
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			System.err.println("The folder " + folder + " of archived classes could not be deleted: " + ex);
		}
	}

	private static Path pack(Path classes, Path jar) {
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> files = Files.walk(classes)) {
			for (Path path : files.skip(1).toList()) {
				boolean folder = Files.isDirectory(path);
				String name = classes.relativize(path).toString().replace(File.separatorChar, '/')
						+ (folder ? "/" : "");
				if (!name.equals("META-INF/MANIFEST.MF")) {
					out.putNextEntry(new JarEntry(name));
					if (!folder) {
						Files.copy(path, out);
					}
				}
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the options of a JVM that uses the archive, or leaves it when it ends, and
	 * does not write to its standard output what it thinks of that.
	 * @return the options, the class path among them
	 */
	public List<String> options() {
		boolean archived = Files.exists(this.archive);
		return List.of("-Xshare:auto", "-Xlog:disable",
				archived ? "-XX:SharedArchiveFile=" + this.archive : "-XX:ArchiveClassesAtExit=" + this.recording,
				"-cp", this.classPath);
	}

	/**
	 * Take what a process has left that ended in peace, if it has left anything. One that
	 * was killed may leave a part of an archive.
	 */
	public void take() {
		try {
			if (Files.exists(this.recording)) {
				Files.move(this.recording, this.archive, StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
