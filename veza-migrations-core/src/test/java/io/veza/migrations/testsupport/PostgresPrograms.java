package io.veza.migrations.testsupport;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.springframework.util.FileCopyUtils;
import org.springframework.util.FileSystemUtils;

/**
 * The programs of PostgreSQL that this machine has, and a server of the same version,
 * since {@code pg_dump} refuses a newer one. Tests that need them bear
 * {@link EnabledIfPgDump}.
 */
public final class PostgresPrograms {

	private static final Path FOLDER = Path.of("/usr/lib/postgresql/15/bin");

	/** A busy machine takes long. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** PostgreSQL refuses to run as root. */
	private static final String ORDINARY_USER = "postgres";

	private static final String PASSWORD = "s3cret for tests";

	private PostgresPrograms() {
	}

	private static final class Holder {

		private static final TestServer INSTANCE = start();

	}

	/**
	 * Return whether this machine has them; if not, that is printed.
	 * @return whether they are installed
	 */
	static boolean areInstalled() {
		boolean installed = List.of("pg_dump", "pg_restore", "psql", "initdb", "postgres")
			.stream()
			.allMatch((program) -> Files.isExecutable(path(program)));
		if (!installed) {
			System.out.println("Skipped: a test that needs pg_dump and a server in " + FOLDER + ", which is not there");
		}
		return installed;
	}

	public static Path path(String program) {
		return FOLDER.resolve(program);
	}

	/**
	 * Return the one server of this JVM that is as old as the programs and asks for a
	 * password.
	 * @return the server
	 */
	public static TestServer server() {
		return Holder.INSTANCE;
	}

	/**
	 * Run a program against a database.
	 * @param database the database
	 * @param program the name of the program
	 * @param arguments its arguments
	 * @return what it wrote
	 * @throws IllegalStateException if it fails
	 */
	public static String run(TestDatabase database, String program, String... arguments) {
		List<String> command = new ArrayList<>(List.of(path(program).toString()));
		command.addAll(List.of(arguments));
		return run(command, Map.of("PGHOST", server().host(), "PGPORT", String.valueOf(server().port()), "PGUSER",
				database.user(), "PGPASSWORD", database.password(), "PGDATABASE", database.name()));
	}

	private static String run(List<String> command, Map<String, String> variables) {
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().putAll(variables);
			Process process = builder.start();
			try (Reader reader = process.inputReader()) {
				String output = FileCopyUtils.copyToString(reader);
				if (process.onExit().join().exitValue() != 0) {
					throw new IllegalStateException(command + ":\n" + output);
				}
				return output;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static TestServer start() {
		try {
			Path home = Files.createTempDirectory("postgres");
			Path password = Files.writeString(home.resolve("password"), PASSWORD);
			if (isRoot()) {
				UserPrincipal user = home.getFileSystem()
					.getUserPrincipalLookupService()
					.lookupPrincipalByName(ORDINARY_USER);
				Files.setOwner(home, user);
				Files.setOwner(password, user);
			}
			Path data = home.resolve("data");
			run(command("initdb", "--pgdata=" + data, "--username=postgres", "--pwfile=" + password,
					"--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"), Map.of());
			return start(home, data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static TestServer start(Path home, Path data) throws IOException {
		int port = freePort();
		Process process = new ProcessBuilder(
				command("postgres", "-D", data.toString(), "-F", "-p", String.valueOf(port), "-k", home.toString()))
			.redirectErrorStream(true)
			.redirectOutput(home.resolve("log.txt").toFile())
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, home)));
		TestServer server = new TestServer("127.0.0.1", port, "postgres", PASSWORD);
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> DriverManager.getConnection(server.url("postgres"), server.user(), PASSWORD).isValid(0));
		return server;
	}

	private static void stop(Process process, Path home) {
		process.destroyForcibly().onExit().join();
		try {
			FileSystemUtils.deleteRecursively(home);
		}
		catch (IOException ex) {
			System.err.println("The folder " + home + " of a test server could not be deleted: " + ex);
		}
	}

	private static List<String> command(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command
				.addAll(List.of("setpriv", "--reuid=" + ORDINARY_USER, "--regid=" + ORDINARY_USER, "--clear-groups"));
		}
		command.add(path(program).toString());
		command.addAll(List.of(arguments));
		return command;
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
