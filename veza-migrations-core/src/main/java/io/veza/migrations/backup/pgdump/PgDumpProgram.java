package io.veza.migrations.backup.pgdump;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pg_dump} program of this machine.
 *
 * @param path where it is
 * @param version its version
 * @param major the first number of that version
 */
record PgDumpProgram(Path path, String version, int major) {

	private static final Pattern VERSION = Pattern.compile("pg_dump \\([^)]*\\) (?<version>(?<major>\\d{1,4})\\S*)");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final List<String> EXTENSIONS = List.of("", ".exe");

	private static final String ADVICE = "Install the client programs of PostgreSQL, set veza.migrations.backup.pg-dump.command to the path of pg_dump, "
			+ "or choose another veza.migrations.backup.mode.";

	/**
	 * Find the program and ask it for its version.
	 * @param command its name or path
	 * @param searchPath the PATH of this process
	 * @param process runs it
	 * @return the program
	 * @throws BackupFailedException if it is not there, or is something else
	 */
	static PgDumpProgram find(String command, @Nullable String searchPath, PgDumpProcess process) {
		Path path = locate(command, searchPath).orElseThrow(() -> new BackupFailedException(
				isPath(command) ? "The program \"" + command + "\" is not there, or may not be executed."
						: "The program \"" + command + "\" is in no directory of the PATH \"" + searchPath + "\".",
				ADVICE, null));
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PgDumpProcess.ProcessOutcome outcome = process.run(List.of(path.toString(), "--version"), Map.of(), PATIENCE,
				output);
		Matcher version = VERSION.matcher(output.toString(StandardCharsets.UTF_8));
		if (outcome.exitCode() != 0 || !version.lookingAt()) {
			throw new BackupFailedException("The program \"" + path + "\" does not say which version of pg_dump it is.",
					ADVICE, null);
		}
		return new PgDumpProgram(path, version.group("version"), Integer.parseInt(version.group("major")));
	}

	/**
	 * Make sure that it reads what a server has.
	 * @param peer the server
	 * @throws BackupFailedException if it is too old
	 */
	void requireNotOlderThan(PgDumpPeer peer) {
		if (this.major < peer.major()) {
			throw new BackupFailedException(
					"The program \"" + this.path + "\" is pg_dump " + this.version
							+ ", which refuses a newer server, and the server is PostgreSQL " + peer.version() + ".",
					"Install pg_dump " + peer.major()
							+ " or newer, and name it in veza.migrations.backup.pg-dump.command.",
					null);
		}
	}

	/**
	 * Find the program that reads its files.
	 * @param searchPath the PATH of this process
	 * @return the path of {@code pg_restore}
	 * @throws BackupFailedException if it is not there
	 */
	Path restore(@Nullable String searchPath) {
		return executable(this.path.resolveSibling("pg_restore")).or(() -> locate("pg_restore", searchPath))
			.orElseThrow(() -> new BackupFailedException(
					"The program \"pg_restore\", which reads the file again, is neither beside \"" + this.path
							+ "\" nor in a directory of the PATH.",
					"Install it, or set veza.migrations.backup.pg-dump.format to \"plain\".", null));
	}

	private static Optional<Path> locate(String command, @Nullable String searchPath) {
		try {
			if (isPath(command)) {
				return executable(Path.of(command).toAbsolutePath());
			}
			return Stream.of(((searchPath != null) ? searchPath : "").split(File.pathSeparator))
				.filter((directory) -> !directory.isBlank())
				.map((directory) -> executable(Path.of(directory, command)))
				.flatMap(Optional::stream)
				.findFirst();
		}
		catch (InvalidPathException ex) {
			return Optional.empty();
		}
	}

	private static boolean isPath(String command) {
		return command.indexOf('/') >= 0 || command.indexOf(File.separatorChar) >= 0;
	}

	private static Optional<Path> executable(Path path) {
		return EXTENSIONS.stream()
			.map((extension) -> path.resolveSibling(path.getFileName() + extension))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

}
