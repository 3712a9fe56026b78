package io.veza.migrations.benchmarks.runner.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An executable jar as Spring Boot's Maven plugin makes it, to which migration files are
 * added as if they had been there when it was built.
 */
public final class ExecutableJar {

	private static final String CLASSES = "BOOT-INF/classes/";

	private static final String LIBRARY = "BOOT-INF/lib/migrations-1.0.jar";

	private final Path original;

	private ExecutableJar(Path original) {
		this.original = original;
	}

	/**
	 * Find the executable jar of a module.
	 * @param module the folder of the module
	 * @return the jar
	 * @throws IOException if it was not built
	 */
	public static ExecutableJar of(Path module) throws IOException {
		try (Stream<Path> files = Files.list(module.resolve("target"))) {
			return files.filter((file) -> file.toString().endsWith("-executable.jar"))
				.findFirst()
				.map(ExecutableJar::new)
				.orElseThrow(() -> new IOException("\"" + module + "\" holds no executable jar. Build it first."));
		}
	}

	/**
	 * Return the jar as it was built.
	 * @return the file
	 */
	public Path path() {
		return this.original;
	}

	/**
	 * Write a copy that has files among its own classes.
	 * @param files a folder with the files
	 * @param name where the files are in the class path
	 * @param copy the file to write
	 * @return the copy
	 * @throws IOException if it cannot be written
	 */
	public Path withClasses(Path files, String name, Path copy) throws IOException {
		try (JarOutputStream out = copyTo(copy)) {
			if (!hasClasses()) {
				entry(out, CLASSES, new byte[0]);
			}
			add(out, files, CLASSES, name + "/");
		}
		return copy;
	}

	/**
	 * Write a copy that has files in a library of its own.
	 * @param files a folder with the files
	 * @param name where the files are in the class path
	 * @param copy the file to write
	 * @return the copy
	 * @throws IOException if it cannot be written
	 */
	public Path withLibrary(Path files, String name, Path copy) throws IOException {
		ByteArrayOutputStream library = new ByteArrayOutputStream();
		try (JarOutputStream out = new JarOutputStream(library)) {
			add(out, files, "", name + "/");
		}
		try (JarOutputStream out = copyTo(copy)) {
			store(out, LIBRARY, library.toByteArray());
		}
		return copy;
	}

	private JarOutputStream copyTo(Path copy) throws IOException {
		JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy));
		try (JarFile jar = new JarFile(this.original.toFile())) {
			for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
				JarEntry same = new JarEntry(entry);
				same.setCompressedSize(-1);
				out.putNextEntry(same);
				try (InputStream in = jar.getInputStream(entry)) {
					in.transferTo(out);
				}
				out.closeEntry();
			}
		}
		return out;
	}

	private boolean hasClasses() throws IOException {
		try (JarFile jar = new JarFile(this.original.toFile())) {
			return jar.getEntry(CLASSES) != null;
		}
	}

	private static void add(ZipOutputStream out, Path folder, String root, String prefix) throws IOException {
		List<Path> files;
		try (Stream<Path> walk = Files.walk(folder)) {
			files = walk.sorted().toList();
		}
		addParents(out, root, prefix);
		for (Path file : files) {
			String name = root + prefix + folder.relativize(file).toString().replace('\\', '/');
			if (Files.isRegularFile(file)) {
				entry(out, name, Files.readAllBytes(file));
			}
			else if (!file.equals(folder)) {
				entry(out, name + "/", new byte[0]);
			}
		}
	}

	/** As Maven does, and as looking for resources by pattern needs it. */
	private static void addParents(ZipOutputStream out, String root, String prefix) throws IOException {
		for (int end = prefix.indexOf('/'); end >= 0; end = prefix.indexOf('/', end + 1)) {
			entry(out, root + prefix.substring(0, end + 1), new byte[0]);
		}
	}

	private static void entry(ZipOutputStream out, String name, byte[] content) throws IOException {
		out.putNextEntry(new ZipEntry(name));
		out.write(content);
		out.closeEntry();
	}

	/** A nested jar has to be stored as it is. */
	private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
		CRC32 checksum = new CRC32();
		checksum.update(content);
		ZipEntry entry = new ZipEntry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(content.length);
		entry.setCrc(checksum.getValue());
		out.putNextEntry(entry);
		out.write(content);
		out.closeEntry();
	}

}
