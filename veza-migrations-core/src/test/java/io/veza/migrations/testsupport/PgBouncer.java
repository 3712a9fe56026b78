package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileCopyUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A pooler between a test and the server: the PgBouncer of the machine, on a port of its
 * own. Tests that need it bear {@link EnabledIfPgBouncer}.
 */
public final class PgBouncer implements AutoCloseable {

	private static final String PROGRAM = "/usr/sbin/pgbouncer";

	/** A busy machine takes long. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** PgBouncer refuses to run as root. */
	private static final String ORDINARY_USER = "nobody";

	private static final Pattern VERSION = Pattern.compile("PgBouncer 1\\.(\\d+)");

	/** The first version that offers prepared statements in transaction mode. */
	private static final int PREPARED_STATEMENTS_SINCE = 21;

	private static final String CONFIGURATION = """
			[databases]
			* = host=%s port=%d
			[pgbouncer]
			listen_addr = 127.0.0.1
			listen_port = %d
			unix_socket_dir =
			auth_type = plain
			auth_file = %s
			pool_mode = %s
			default_pool_size = %d
			ignore_startup_parameters = extra_float_digits
			""";

	private final TestDatabase database;

	private final Path folder;

	private final int port;

	private final Process process;

	private PgBouncer(TestDatabase database, Path folder, int port, Process process) {
		this.database = database;
		this.folder = folder;
		this.port = port;
		this.process = process;
	}

	/**
	 * Return whether this machine has it; if not, that is printed.
	 * @return whether it is installed
	 */
	static boolean isInstalled() {
		boolean installed = Files.isExecutable(Path.of(PROGRAM));
		if (!installed) {
			System.out.println("Skipped: a test that needs " + PROGRAM + ", which is not installed");
		}
		return installed;
	}

	/**
	 * Start a pooler in front of a database.
	 * @param database the database
	 * @param mode when a connection to the server goes back to the pool
	 * @param size how many connections to the server there are at most
	 * @return the pooler, to be closed
	 */
	public static PgBouncer start(TestDatabase database, PoolMode mode, int size) {
		try {
			Path folder = Files.createTempDirectory("pgbouncer");
			Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
			int port = freePort();
			Path users = write(folder, "users.txt", "\"" + database.user() + "\" \"" + database.password() + "\"\n");
			TestServer server = TestServer.get();
			Path configuration = write(folder, "pgbouncer.ini", CONFIGURATION.formatted(server.host(), server.port(),
					port, users, mode.name().toLowerCase(Locale.ROOT), size) + withoutPreparedStatements());
			PgBouncer pooler = new PgBouncer(database, folder, port, run(folder, configuration));
			pooler.awaitReady();
			return pooler;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return connections to the database through the pooler.
	 * @return a data source with the driver's defaults
	 */
	public DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url());
		dataSource.setUser(this.database.user());
		dataSource.setPassword(this.database.password());
		return dataSource;
	}

	public Connection connect() throws SQLException {
		return dataSource().getConnection();
	}

	public String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + this.database.name();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		Awaitility.await().atMost(PATIENCE).until(() -> !this.process.isAlive());
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() throws IOException {
		Awaitility.await().atMost(PATIENCE).until(() -> log().contains("process up") || !this.process.isAlive());
		if (!this.process.isAlive()) {
			throw new IllegalStateException("PgBouncer did not start:\n" + log());
		}
	}

	private String log() throws IOException {
		return Files.readString(this.folder.resolve("log.txt"));
	}

	private static Process run(Path folder, Path configuration) throws IOException {
		List<String> command = new ArrayList<>(List.of(PROGRAM));
		if ("root".equals(System.getProperty("user.name"))) {
			command.addAll(List.of("-u", ORDINARY_USER));
		}
		command.add(configuration.toString());
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(folder.resolve("log.txt").toFile())
			.start();
	}

	/** Newer versions have them, and the newest switch them on by default. */
	private static String withoutPreparedStatements() throws IOException {
		Process process = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
		try (Reader reader = process.inputReader()) {
			Matcher version = VERSION.matcher(FileCopyUtils.copyToString(reader));
			boolean offered = version.find() && Integer.parseInt(version.group(1)) >= PREPARED_STATEMENTS_SINCE;
			return offered ? "max_prepared_statements = 0\n" : "";
		}
	}

	private static Path write(Path folder, String name, String content) throws IOException {
		Path file = Files.writeString(folder.resolve(name), content);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * When a connection to the server goes back to the pool.
	 */
	public enum PoolMode {

		/** When its client leaves; what the client has set is then reset. */
		SESSION,

		/** After each transaction, as it is. */
		TRANSACTION

	}

}
