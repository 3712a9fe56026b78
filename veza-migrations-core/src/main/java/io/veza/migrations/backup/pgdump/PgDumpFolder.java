package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZonedDateTime;
import java.util.List;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.failure.BackupFailedException;

/**
 * The directory that the files go to.
 *
 * @param path its absolute path
 */
record PgDumpFolder(Path path) {

	private static final String ADVICE = "Set veza.migrations.backup.directory to a directory that this user may write to.";

	private static final int SECONDS_TO_TRY = 60;

	/**
	 * Make sure that there is room, without creating anything.
	 * @param bytes how much is needed
	 * @throws BackupFailedException if there is not, or nobody may write there
	 */
	void requireRoom(long bytes) {
		Path existing = existing();
		if (!Files.isDirectory(existing)) {
			throw new BackupFailedException("The directory \"" + this.path + "\" for backups cannot be used, because \""
					+ existing + "\" is not a directory.", ADVICE, null);
		}
		if (!Files.isWritable(existing)) {
			throw new BackupFailedException(
					"The directory \"" + this.path
							+ "\" for backups cannot be used, because this user may not write to \"" + existing + "\".",
					ADVICE, null);
		}
		long free = free(existing);
		if (free < bytes) {
			throw new BackupFailedException(
					"The backup takes about " + PgDumpSize.text(bytes) + ", and the directory \"" + this.path
							+ "\" has " + PgDumpSize.text(free) + " free.",
					"Free some space, or set veza.migrations.backup.directory to another disk.", null);
		}
	}

	/**
	 * Create an empty file that only this user may read, under a name that is still free.
	 * @param time the time in its name
	 * @param versions the versions in its name
	 * @param format the format in its name
	 * @return the file
	 * @throws BackupFailedException if it cannot be created
	 */
	PgDumpFile create(ZonedDateTime time, List<MigrationVersion> versions, Format format) {
		try {
			if (!Files.isDirectory(this.path)) {
				Files.createDirectories(this.path, attributes("rwx------"));
			}
			for (int i = 0; i < SECONDS_TO_TRY; i++) {
				Path file = this.path.resolve(PgDumpFileName.of(time.plusSeconds(i), versions, format));
				PgDumpFile created = new PgDumpFile(file);
				if (!Files.exists(file) && createEmpty(created.partial())) {
					return created;
				}
			}
		}
		catch (IOException ex) {
			throw new BackupFailedException("No file could be created in the directory \"" + this.path
					+ "\" for backups (" + ex.getClass().getSimpleName() + ": " + ex.getMessage() + ").", ADVICE, ex);
		}
		throw new BackupFailedException("The directory \"" + this.path + "\" has backups of every second of a minute.",
				"Try again in a minute.", null);
	}

	private boolean createEmpty(Path file) throws IOException {
		try {
			Files.createFile(file, attributes("rw-------"));
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
	}

	private FileAttribute<?>[] attributes(String permissions) {
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private Path existing() {
		Path existing = this.path;
		while (existing.getParent() != null && !Files.exists(existing)) {
			existing = existing.getParent();
		}
		return existing;
	}

	private long free(Path existing) {
		try {
			return Files.getFileStore(existing).getUsableSpace();
		}
		catch (IOException ex) {
			throw new BackupFailedException("The free space of the directory \"" + this.path + "\" is not to be known ("
					+ ex.getMessage() + ").", ADVICE, ex);
		}
	}

}
