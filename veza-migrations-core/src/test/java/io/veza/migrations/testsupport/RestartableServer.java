package io.veza.migrations.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * An embedded PostgreSQL server of a test's own, which it can shut down in the middle and
 * start again with its data.
 */
public final class RestartableServer implements AutoCloseable {

	private final Path data;

	private EmbeddedPostgres server;

	private RestartableServer(Path data) throws IOException {
		this.data = data;
		this.server = builder().start();
	}

	/**
	 * Start a server.
	 * @param data where to keep its data
	 * @return the server, to be closed
	 * @throws IOException if it does not start
	 */
	public static RestartableServer start(Path data) throws IOException {
		return new RestartableServer(data);
	}

	private EmbeddedPostgres.Builder builder() {
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setServerConfig("synchronous_commit", "on");
	}

	public DataSource dataSource() {
		return this.server.getPostgresDatabase();
	}

	/**
	 * Shut the server down by a signal to its first process.
	 * @param signal {@code INT} for a fast, {@code QUIT} for an immediate shutdown
	 * @throws IOException if it cannot be sent
	 */
	public void shutDown(String signal) throws IOException {
		String pid = Files.readAllLines(this.data.resolve("postmaster.pid")).get(0);
		ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
		new ProcessBuilder("/bin/kill", "-" + signal, pid).inheritIO().start().onExit().join();
		postmaster.onExit().join();
	}

	/**
	 * Start the server again on its port. The lock file is that of the instance that is
	 * gone.
	 * @throws IOException if it does not start
	 */
	public void startAgain() throws IOException {
		Files.delete(this.data.resolve("epg-lock"));
		this.server = builder().setPort(this.server.getPort()).start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
