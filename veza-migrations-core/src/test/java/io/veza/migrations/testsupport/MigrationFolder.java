package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of migration files that a test writes.
 */
public final class MigrationFolder {

	private final Path path;

	private MigrationFolder(Path path) {
		this.path = path;
	}

	/**
	 * Return a folder to write to, usually JUnit's {@code @TempDir}.
	 * @param path the folder, created if missing
	 * @return the folder
	 */
	public static MigrationFolder in(Path path) {
		try {
			return new MigrationFolder(Files.createDirectories(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a migration with an UP and a DOWN.
	 * @param fileName the file name
	 * @param up the SQL of the UP
	 * @param down the SQL of the DOWN
	 * @return this folder
	 */
	public MigrationFolder with(String fileName, String up, String down) {
		return withFile(fileName, "-- UP\n" + up + "\n\n-- DOWN\n" + down + "\n");
	}

	/**
	 * Write a file as it is.
	 * @param fileName the file name
	 * @param content the content
	 * @return this folder
	 */
	public MigrationFolder withFile(String fileName, String content) {
		try {
			Path file = this.path.resolve(fileName);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public MigrationFolder without(String fileName) {
		try {
			Files.delete(this.path.resolve(fileName));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path path() {
		return this.path;
	}

	/**
	 * Return the folder as a location.
	 * @return a {@code file:} location
	 */
	public String location() {
		return this.path.toUri().toString();
	}

}
