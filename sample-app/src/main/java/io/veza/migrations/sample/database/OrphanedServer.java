package io.veza.migrations.sample.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that still runs because its application was killed.
 */
final class OrphanedServer {

	private static final Logger logger = LoggerFactory.getLogger(OrphanedServer.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Path pidFile;

	private final ProcessHandle process;

	private OrphanedServer(Path pidFile, ProcessHandle process) {
		this.pidFile = pidFile;
		this.process = process;
	}

	/**
	 * Stop the server that has the data directory, if there is one.
	 * @param dataDirectory the data directory of the server, whose application is gone
	 * @throws EmbeddedDatabaseException if it does not stop
	 */
	static void stop(Path dataDirectory) {
		Path pidFile = dataDirectory.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return;
		}
		try {
			Optional<ProcessHandle> process = ProcessHandle.of(readPid(pidFile));
			if (process.isPresent() && isServer(process.get())) {
				new OrphanedServer(pidFile, process.get()).stop();
			}
			else if (process.isPresent()) {
				// PostgreSQL refuses to start as long as the process id is taken, by
				// whomever.
				Files.delete(pidFile);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long readPid(Path pidFile) throws IOException {
		return Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
	}

	private static boolean isServer(ProcessHandle process) {
		return process.info()
			.command()
			.filter((command) -> Path.of(command).getFileName().toString().startsWith("postgres"))
			.isPresent();
	}

	private void stop() {
		logger.info("Stopping the PostgreSQL server that a killed application left behind (process {})",
				this.process.pid());
		this.process.destroy();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (isRunning()) {
			if (System.nanoTime() - deadline > 0) {
				throw new EmbeddedDatabaseException(
						"The PostgreSQL server that a killed application left behind (process " + this.process.pid()
								+ ") does not stop.",
						"End that process, then start the application again.", null);
			}
			pause();
		}
	}

	// A server that has ended may stay in the process table until its parent looks.
	private boolean isRunning() {
		return this.process.isAlive() && Files.exists(this.pidFile);
	}

	private void pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
