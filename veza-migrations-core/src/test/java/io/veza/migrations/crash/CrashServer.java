package io.veza.migrations.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.testsupport.TestServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * The server on which runs are struck: a given one, or an embedded one that can be shut
 * down in the middle and started again with its data.
 */
final class CrashServer implements AutoCloseable {

	private final Path data;

	private @Nullable EmbeddedPostgres embedded;

	private final TestServer server;

	private CrashServer(Path data, @Nullable EmbeddedPostgres embedded, TestServer server) {
		this.data = data;
		this.embedded = embedded;
		this.server = server;
	}

	/**
	 * Return a server.
	 * @param given the server to use, {@code null} to start one
	 * @param data where to keep the data of one that is started
	 * @return the server, to be closed
	 * @throws IOException if it does not start
	 */
	static CrashServer start(@Nullable TestServer given, Path data) throws IOException {
		if (given != null) {
			return new CrashServer(data, null, given);
		}
		EmbeddedPostgres embedded = builder(data).start();
		CrashServer server = new CrashServer(data, embedded,
				new TestServer("localhost", embedded.getPort(), "postgres", "postgres"));
		Runtime.getRuntime().addShutdownHook(new Thread(server::close));
		return server;
	}

	/** What is committed must survive a shutdown. */
	private static EmbeddedPostgres.Builder builder(Path data) {
		return EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setServerConfig("synchronous_commit", "on");
	}

	TestServer server() {
		return this.server;
	}

	boolean canShutDown() {
		return this.embedded != null && Files.isExecutable(Path.of("/bin/kill"));
	}

	/**
	 * Shut the server down as a crash does: SIGQUIT is what {@code pg_ctl -m immediate}
	 * sends.
	 * @throws IOException if it cannot be done
	 */
	void shutDown() throws IOException {
		String pid = Files.readAllLines(this.data.resolve("postmaster.pid")).get(0);
		ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
		new ProcessBuilder("/bin/kill", "-QUIT", pid).inheritIO().start().onExit().join();
		postmaster.onExit().join();
	}

	/**
	 * Start the server again. The lock file is that of the instance that is gone.
	 * @throws IOException if it does not start
	 */
	void startAgain() throws IOException {
		Files.delete(this.data.resolve("epg-lock"));
		this.embedded = builder(this.data).setPort(this.server.port()).start();
	}

	@Override
	public void close() {
		try {
			if (this.embedded != null) {
				this.embedded.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
