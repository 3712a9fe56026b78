package io.veza.migrations.sample.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.util.FileSystemUtils;

/**
 * The directory of an embedded database, locked for this process.
 */
final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel lock;

	private DataDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Return the directory, created if missing.
	 * @param path the directory
	 * @return the directory, locked until it is closed or the process ends
	 * @throws EmbeddedDatabaseException if another application has it
	 */
	static DataDirectory lock(Path path) {
		try {
			Path directory = Files.createDirectories(path.toAbsolutePath().normalize());
			FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (!tryLock(channel)) {
				channel.close();
				throw new EmbeddedDatabaseException(
						"The data directory \"" + directory + "\" is in use by another running application.",
						"Stop that application, or choose another directory with sample.postgres.data-directory.",
						null);
			}
			return new DataDirectory(directory, channel);
		}
		catch (IOException ex) {
			throw new EmbeddedDatabaseException("The data directory \"" + path + "\" cannot be used: " + ex + ".",
					"Choose another directory with sample.postgres.data-directory.", ex);
		}
	}

	/**
	 * Get ready for the server: remove what a first start that was killed half-way left.
	 */
	void prepare() {
		try {
			if (Files.exists(unfinished())) {
				FileSystemUtils.deleteRecursively(server());
			}
			if (!Files.exists(server())) {
				Files.writeString(unfinished(), "");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return whether the server is yet to be set up.
	 * @return {@code true} until the directory was marked complete
	 */
	boolean isNew() {
		return Files.exists(unfinished());
	}

	/**
	 * Record that the server is set up.
	 */
	void markComplete() {
		try {
			Files.delete(unfinished());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path path() {
		return this.path;
	}

	Path server() {
		return this.path.resolve("postgres");
	}

	Path log() {
		return this.path.resolve("postgres.log");
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path unfinished() {
		return this.path.resolve("unfinished");
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

}
