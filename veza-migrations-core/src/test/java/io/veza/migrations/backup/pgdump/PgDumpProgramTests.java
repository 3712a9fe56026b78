package io.veza.migrations.backup.pgdump;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.BackupFailedException;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class PgDumpProgramTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1) | 15.18   | 15
			pg_dump (PostgreSQL) 18beta2                        | 18beta2 | 18
			pg_dump (EnterpriseDB) 17.4.1                       | 17.4.1  | 17
			""")
	void findReadsTheVersion(String output, String version, int major) {
		Path path = FakeProgram.write(this.folder, "pg_dump", "echo '" + output + "'");

		assertThat(find(path.toString(), null)).isEqualTo(new PgDumpProgram(path, version, major));
	}

	@Test
	void findWhenNameIsGivenLooksInThePath() {
		Path path = FakeProgram.write(this.folder, "my_dump", "echo 'pg_dump (PostgreSQL) 16.1'");

		assertThat(find("my_dump", "/nowhere" + File.pathSeparator + this.folder).path()).isEqualTo(path);
	}

	@Test
	void findWhenNotInThePathNamesTheProperty() {
		assertFailure("pg_dump", this.folder.toString())
			.isEqualTo("The program \"pg_dump\" is in no directory of the PATH \"" + this.folder
					+ "\". Install the client programs of PostgreSQL, set veza.migrations.backup.pg-dump.command "
					+ "to the path of pg_dump, or choose another veza.migrations.backup.mode.");
	}

	@Test
	void findWhenFileMayNotBeExecutedNamesIt() throws Exception {
		Path file = Files.writeString(this.folder.resolve("pg_dump"), "");

		assertFailure(file.toString(), null)
			.startsWith("The program \"" + file + "\" is not there, or may not be executed. Install");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\0" })
	void findWhenNameIsNoneIsRefused(String command) {
		assertFailure(command, this.folder.toString()).contains("is in no directory of the PATH");
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo hello", "echo 'pg_dump (PostgreSQL) 15.1'; exit 1", "head -c 1000000 /dev/zero" })
	void findWhenOutputIsSomethingElseIsRefused(String script) {
		Path path = FakeProgram.write(this.folder, "pg_dump", script);

		assertFailure(path.toString(), null)
			.startsWith("The program \"" + path + "\" does not say which version of pg_dump it is. Install");
	}

	@Test
	void findWhenFileIsNoProgramIsRefused() throws Exception {
		Path path = FakeProgram.write(this.folder, "pg_dump", "");
		Files.writeString(path, "#!/no/such/interpreter");

		assertFailure(path.toString(), null).startsWith("The program \"" + path + "\" could not be started. Check");
	}

	@Test
	void requireNotOlderThanWhenOlderNamesBothVersions() {
		PgDumpProgram program = new PgDumpProgram(Path.of("/bin/pg_dump"), "15.18", 15);

		program.requireNotOlderThan(peer("15.19", 15));
		program.requireNotOlderThan(peer("14.2", 14));
		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> program.requireNotOlderThan(peer("17.11", 17)))
			.withMessage(
					"The program \"/bin/pg_dump\" is pg_dump 15.18, which refuses a newer server, and the server is "
							+ "PostgreSQL 17.11. Install pg_dump 17 or newer, and name it in veza.migrations.backup.pg-dump.command.");
	}

	@Test
	void restoreIsTheOneBesideIt() throws Exception {
		Path other = Files.createDirectory(this.folder.resolve("other"));
		FakeProgram.write(other, "pg_restore", "");
		PgDumpProgram program = new PgDumpProgram(this.folder.resolve("pg_dump"), "15", 15);

		assertThat(program.restore(other.toString())).isEqualTo(other.resolve("pg_restore"));
		Path beside = FakeProgram.write(this.folder, "pg_restore", "");
		assertThat(program.restore(other.toString())).isEqualTo(beside);
	}

	@Test
	void restoreWhenMissingOffersThePlainFormat() {
		PgDumpProgram program = new PgDumpProgram(this.folder.resolve("pg_dump"), "15", 15);

		assertThatExceptionOfType(BackupFailedException.class).isThrownBy(() -> program.restore(null))
			.withMessageContaining("\"pg_restore\"")
			.withMessageContaining("set veza.migrations.backup.pg-dump.format to \"plain\"");
	}

	private static PgDumpPeer peer(String version, int major) {
		return new PgDumpPeer(null, null, "user", "database", version, major, false);
	}

	private static PgDumpProgram find(String command, String searchPath) {
		return PgDumpProgram.find(command, searchPath, new PgDumpProcess(Clock.systemUTC(), new CancellationToken()));
	}

	private static AbstractStringAssert<?> assertFailure(String command, String searchPath) {
		return assertThat(
				assertThatExceptionOfType(BackupFailedException.class).isThrownBy(() -> find(command, searchPath))
					.actual()
					.getMessage());
	}

}
