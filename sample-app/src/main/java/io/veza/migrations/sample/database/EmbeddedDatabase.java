package io.veza.migrations.sample.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL server that is started and stopped with the application and keeps its data
 * in a directory.
 */
final class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedDatabase.class);

	private static final String NAME = "veza";

	private static final String USER = "postgres";

	private static final String CREATE_DATABASE = """
			CREATE DATABASE %s""".formatted(NAME);

	private static final Duration STARTUP_WAIT = Duration.ofSeconds(30);

	private final DataDirectory directory;

	private final EmbeddedPostgres server;

	private EmbeddedDatabase(DataDirectory directory, EmbeddedPostgres server) {
		this.directory = directory;
		this.server = server;
	}

	/**
	 * Start the server. One that a killed application left behind is stopped first.
	 * @param path the directory that keeps the data
	 * @return the running database
	 * @throws EmbeddedDatabaseException if the directory is in use, or the server does
	 * not start
	 */
	static EmbeddedDatabase start(Path path) {
		DataDirectory directory = DataDirectory.lock(path);
		try {
			OrphanedServer.stop(directory.server());
			directory.prepare();
			EmbeddedDatabase database = new EmbeddedDatabase(directory, startServer(directory));
			database.createOnce();
			logger.info("Embedded PostgreSQL listens on port {} and keeps its data in {}", database.server.getPort(),
					directory.path());
			return database;
		}
		catch (RuntimeException ex) {
			directory.close();
			throw ex;
		}
	}

	@Override
	public String getJdbcUrl() {
		return "jdbc:postgresql://localhost:" + this.server.getPort() + "/" + NAME;
	}

	@Override
	public String getUsername() {
		return USER;
	}

	@Override
	public @Nullable String getPassword() {
		return null;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.directory.close();
	}

	// Its own shutdown hook would stop the server under the pool.
	private static EmbeddedPostgres startServer(DataDirectory directory) {
		try {
			return EmbeddedPostgres.builder()
				.setDataDirectory(directory.server())
				.setCleanDataDirectory(false)
				.setRegisterShutdownHook(false)
				.setLocaleConfig("locale", "C")
				.setServerConfig("max_connections", "50")
				.setOutputRedirector(Redirect.appendTo(directory.log().toFile()))
				.setErrorRedirector(Redirect.appendTo(directory.log().toFile()))
				.setPGStartupWait(STARTUP_WAIT)
				.start();
		}
		catch (IOException | IllegalStateException ex) {
			throw new EmbeddedDatabaseException("The embedded PostgreSQL did not start on \"" + directory
				.path() + "\".", "Look at the end of \"" + directory.log()
						+ "\". To start anew, delete the directory; to use another server, set spring.datasource.url.",
					ex);
		}
	}

	private void createOnce() {
		if (!this.directory.isNew()) {
			return;
		}
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(CREATE_DATABASE);
			this.directory.markComplete();
		}
		catch (SQLException ex) {
			throw new EmbeddedDatabaseException("The database \"" + NAME + "\" could not be created.",
					"Look at the end of \"" + this.directory.log() + "\".", ex);
		}
	}

}
