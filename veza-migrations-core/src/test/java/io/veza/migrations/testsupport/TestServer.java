package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of this JVM: embedded by default, an official image with
 * {@code -Ptestcontainers}.
 *
 * @param host the host
 * @param port the port
 * @param user a superuser
 * @param password its password
 */
public record TestServer(String host, int port, String user, String password) {

	private static final class Holder {

		private static final TestServer INSTANCE = start();

	}

	public static TestServer get() {
		return Holder.INSTANCE;
	}

	String url(String database) {
		return "jdbc:postgresql://" + this.host + ":" + this.port + "/" + database;
	}

	private static TestServer start() {
		return "testcontainers".equals(System.getProperty("veza.test.postgres")) ? startContainer() : startEmbedded();
	}

	@SuppressWarnings("resource") // Testcontainers' own reaper removes it
	private static TestServer startContainer() {
		String image = "postgres:" + System.getProperty("postgres.version", "17").split("\\.")[0];
		PostgreSQLContainer container = new PostgreSQLContainer(image);
		container.withCommand("postgres", "-c", "fsync=off", "-c", "max_prepared_transactions=10");
		container.start();
		return new TestServer(container.getHost(), container.getFirstMappedPort(), container.getUsername(),
				container.getPassword());
	}

	@SuppressWarnings("resource") // its own shutdown hook stops it
	private static TestServer startEmbedded() {
		try {
			EmbeddedPostgres server = EmbeddedPostgres.builder()
				.setServerConfig("max_connections", "200")
				.setServerConfig("max_prepared_transactions", "10")
				.start();
			return new TestServer("localhost", server.getPort(), "postgres", "postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
