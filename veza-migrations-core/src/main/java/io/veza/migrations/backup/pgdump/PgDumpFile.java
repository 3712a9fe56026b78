package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.veza.migrations.sql.Sha256Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file on its way: it has its name only when it is complete and on the disk.
 *
 * @param path where it will be
 */
record PgDumpFile(Path path) {

	private static final Logger logger = LoggerFactory.getLogger(PgDumpFile.class);

	private static final int BUFFER = 1 << 16;

	Path partial() {
		return this.path.resolveSibling(this.path.getFileName() + PgDumpFileName.PARTIAL);
	}

	/**
	 * Read it from its beginning to its end.
	 * @param content sees what it holds
	 * @return the SHA-256 of it in hexadecimal digits
	 * @throws IOException if it cannot be read
	 */
	String read(OutputStream content) throws IOException {
		MessageDigest digest = Sha256Digest.create();
		byte[] buffer = new byte[BUFFER];
		try (InputStream input = Files.newInputStream(partial())) {
			for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
				digest.update(buffer, 0, count);
				content.write(buffer, 0, count);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * Give it its name, after all of it is on the disk.
	 * @return its size in bytes
	 * @throws IOException if that fails
	 */
	long complete() throws IOException {
		try (FileChannel channel = FileChannel.open(partial(), StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		long bytes = Files.size(partial());
		Files.move(partial(), this.path, StandardCopyOption.ATOMIC_MOVE);
		syncFolder();
		return bytes;
	}

	/** Remove what there is of it. */
	void discard() {
		try {
			Files.deleteIfExists(partial());
		}
		catch (IOException ex) {
			logger.warn("The incomplete backup {} could not be deleted", partial(), ex);
		}
	}

	/** Not every system opens directories. */
	private void syncFolder() {
		try (FileChannel channel = FileChannel.open(this.path.resolveSibling("."), StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			logger.debug("The directory of {} could not be synchronised", this.path, ex);
		}
	}

}
