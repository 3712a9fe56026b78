package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.actuate.TestApplication;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * An application with the operator's page.
 */
final class PageApplication implements AutoCloseable {

	static final String PATH = "/actuator/migrations";

	private final ConfigurableApplicationContext context;

	private final TestDatabase database;

	private final Path path;

	private PageApplication(ConfigurableApplicationContext context, TestDatabase database, Path path) {
		this.context = context;
		this.database = database;
		this.path = path;
	}

	/**
	 * Start one that everybody may use.
	 * @param type its web stack
	 * @param path where its migrations are
	 * @param properties more properties
	 * @return the application, to be closed
	 */
	static PageApplication open(WebApplicationType type, Path path, String... properties) {
		return start(TestApplication.class, type, path,
				Stream
					.concat(Stream.of(TestApplication.WITHOUT_SECURITY, TestApplication.UNRESTRICTED),
							Stream.of(properties))
					.toArray(String[]::new));
	}

	/**
	 * Start one.
	 * @param source its configuration
	 * @param type its web stack
	 * @param path where its migrations are
	 * @param properties more properties
	 * @return the application, to be closed
	 */
	static PageApplication start(Class<?> source, WebApplicationType type, Path path, String... properties) {
		return start(source, type, TestDatabase.create(), path, properties);
	}

	/**
	 * Start one.
	 * @param source its configuration
	 * @param type its web stack
	 * @param database its database
	 * @param path where its migrations are
	 * @param properties more properties
	 * @return the application, to be closed
	 */
	static PageApplication start(Class<?> source, WebApplicationType type, TestDatabase database, Path path,
			String... properties) {
		return new PageApplication(TestApplication.start(source, type, database, MigrationFolder.in(path),
				Stream
					.concat(Stream.of("spring.application.name=shop", "spring.datasource.hikari.maximum-pool-size=2"),
							Stream.of(properties))
					.toArray(String[]::new)),
				database, path);
	}

	/**
	 * Make it a shop whose migrations are all applied, whatever was before.
	 * @return the folder of its migrations
	 * @throws IOException if the files cannot be written
	 */
	MigrationFolder becomeShop() throws IOException {
		this.database.execute("""
				DROP SCHEMA IF EXISTS veza_backup CASCADE;
				DROP SCHEMA public CASCADE;
				CREATE SCHEMA public""");
		FileSystemUtils.deleteRecursively(this.path);
		MigrationFolder folder = Shop.write(MigrationFolder.in(this.path));
		migrate();
		return folder;
	}

	void migrate() {
		this.context.getBean(Migrator.class).migrate(MigrateRequest.all());
	}

	/**
	 * Apply what is pending up to a version.
	 * @param version the version
	 * @param requestedBy who asks
	 * @param reason why
	 */
	void migrate(String version, String requestedBy, String reason) {
		this.context.getBean(Migrator.class)
			.migrate(new MigrateRequest(MigrationVersion.of(version), new RequestOrigin(requestedBy, reason, false)));
	}

	/**
	 * Apply what is pending, which fails.
	 * @return how
	 */
	String tryToMigrate() {
		try {
			migrate();
			return "";
		}
		catch (MigrationException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	/**
	 * Begin to apply what is pending.
	 * @return the run, which is under way
	 */
	CompletableFuture<Void> startToMigrate() {
		CompletableFuture<Void> run = CompletableFuture.runAsync(this::migrate);
		Migrator migrator = this.context.getBean(Migrator.class);
		Awaitility.await().until(() -> migrator.running().isPresent() || run.isDone());
		return run;
	}

	/**
	 * Return an address of the server that serves the page.
	 * @param path the path
	 * @return the address
	 */
	String url(String path) {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.management.port") + path;
	}

	String url() {
		return url(PATH);
	}

	TestDatabase database() {
		return this.database;
	}

	@Override
	public void close() {
		this.context.close();
		this.database.drop();
	}

}
