package io.veza.migrations.benchmarks.runner.server;

import java.io.IOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A server for the time of this process.
 */
public final class EmbeddedServer {

	private EmbeddedServer() {
	}

	/**
	 * Start a server whose commits wait for the disk. It ends with this process.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Server startDurable() throws IOException {
		return start(EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("max_wal_size", "4GB")
			.setServerConfig("checkpoint_timeout", "30min"));
	}

	/**
	 * Start a server that never waits for the disk, to count on but not to measure. It
	 * ends with this process.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Server startHasty() throws IOException {
		return start(EmbeddedPostgres.builder());
	}

	@SuppressWarnings("resource") // its own shutdown hook stops it
	private static Server start(EmbeddedPostgres.Builder builder) throws IOException {
		return new Server("localhost", builder.start().getPort(), "postgres", "postgres");
	}

}
