package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that are older than they have to be, and nothing else. What cannot be
 * deleted stays: the newest backup is there, and that is what counts.
 */
final class PgDumpRetention {

	private static final Logger logger = LoggerFactory.getLogger(PgDumpRetention.class);

	private final Duration retention;

	private final Clock clock;

	PgDumpRetention(Duration retention, Clock clock) {
		this.retention = retention;
		this.clock = clock;
	}

	/**
	 * Delete old files.
	 * @param newest a file that was just written, in the directory to look through
	 */
	void deleteOlder(Path newest) {
		Instant oldest = this.clock.instant().minus(this.retention);
		try (Stream<Path> files = Files.list(newest.resolveSibling("."))) {
			List<Path> ours = files.filter((file) -> PgDumpFileName.isOurs(file.getFileName().toString()))
				.filter((file) -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
				.filter((file) -> !file.getFileName().equals(newest.getFileName()))
				.toList();
			for (Path file : ours) {
				deleteIfOlder(file, oldest);
			}
		}
		catch (IOException ex) {
			logger.warn("Old backups beside {} could not be looked for", newest, ex);
		}
	}

	private static void deleteIfOlder(Path file, Instant oldest) {
		try {
			if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
				Files.delete(file);
				logger.info("Deleted the backup {}, which veza.migrations.backup.retention no longer keeps",
						file.normalize());
			}
		}
		catch (IOException ex) {
			logger.warn("The old backup {} could not be deleted", file.normalize(), ex);
		}
	}

}
