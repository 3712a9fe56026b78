package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Scope;
import io.veza.migrations.backup.pgdump.PgDumpTables.Table;
import io.veza.migrations.failure.BackupFailedException;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class PgDumpWriterTests {

	private static final String DUMP = """
			cat > "$file" <<'END'
			--
			-- TOC entry 7 (class 0 OID 16385)
			-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: -

			-- PostgreSQL database dump complete
			--

			\\unrestrict abc

			END
			""";

	@TempDir
	private Path folder;

	private final CancellationToken cancellation = new CancellationToken();

	@Test
	void writeReturnsTheChecksumOfTheFile() throws Exception {
		String sha256 = write(DUMP, Format.PLAIN, null);

		byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(partial()));
		assertThat(sha256).isEqualTo(HexFormat.of().formatHex(digest));
	}

	@Test
	void writePassesThePasswordInTheEnvironmentOnly() throws IOException {
		write("echo \"$*\" > \"$file.arguments\"; echo \"$PGPASSWORD@$PGHOST $LC_ALL\" > \"$file.environment\"\n"
				+ DUMP, Format.PLAIN, null);

		assertThat(this.folder.resolve("backup.sql.partial.arguments")).content()
			.isEqualTo("--no-password --verbose --lock-wait-timeout=30000 --format=plain --file="
					+ this.folder.resolve("backup.sql.partial")
					+ " --role=owner --strict-names --table=public.users\n");
		assertThat(this.folder.resolve("backup.sql.partial.environment")).content().isEqualTo("s3cret@db C\n");
	}

	@Test
	void writeWhenProgramFailsQuotesItWithoutThePassword() {
		assertFailure("""
				echo 'pg_dump: reading schemas' >&2
				echo 'pg_dump: error: connection to "db" failed: the password s3cret' >&2
				echo 'pg_dump: detail: is   not good' >&2
				exit 3""", Format.PLAIN).isEqualTo("The program \"" + this.folder.resolve("pg_dump")
				+ "\" could not write the backup (exit code 3): \"connection to \"db\" failed: the password *** detail: "
				+ "is not good\". Correct that, or choose another veza.migrations.backup.mode.");
	}

	@Test
	void writeWhenProgramWritesMuchDoesNotBlock() {
		String flood = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2\n";

		assertThat(write(flood + DUMP, Format.PLAIN, null)).hasSize(64);
	}

	@Test
	void writeWhenFileIsCutOffIsRefused() {
		assertFailure("echo '-- TOC entry 7 (class 0 OID 16385)' > \"$file\"", Format.PLAIN)
			.isEqualTo("The program \"" + this.folder.resolve("pg_dump")
					+ "\" wrote a backup that does not end as it should. Check the program and the disk.");
	}

	@Test
	void writeWhenFileIsEmptyIsRefused() {
		assertFailure("> \"$file\"", Format.PLAIN).contains("does not end as it should");
	}

	@Test
	void writeWhenFileIsNotWrittenIsRefused() {
		assertFailure("true", Format.PLAIN).contains("could not be read again").contains("backup.sql.partial");
	}

	@Test
	void writeWhenTableIsMissingNamesIt() {
		assertFailure("echo '-- PostgreSQL database dump complete' > \"$file\"", Format.PLAIN)
			.contains("wrote a backup without \"public.users\".");
	}

	@Test
	void writeWhenCustomReadsTheFileWithPgRestore() {
		FakeProgram.write(this.folder, "pg_restore", DUMP.replace("cat > \"$file\"", "cat"));

		assertThat(write("echo binary > \"$file\"", Format.CUSTOM, null)).hasSize(64);
	}

	@Test
	void writeWhenCustomCannotBeReadIsRefused() {
		FakeProgram.write(this.folder, "pg_restore",
				"echo 'pg_restore: error: could not read from input file: end of file' >&2; exit 1");

		assertFailure("echo binary > \"$file\"", Format.CUSTOM).contains(
				"wrote a backup that pg_restore cannot read (exit code 1): \"could not read from input file: end of file\"");
	}

	@Test
	void writeWhenProgramHangsEndsItWithWhatItStarted() throws IOException {
		String hang = "echo $$ > \"$file\"; sleep 1000 & echo $! >> \"$file\"; wait";

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> write(hang, Format.PLAIN, Duration.ofSeconds(1)))
			.withMessage("The program \"" + this.folder.resolve("pg_dump")
					+ "\" was ended because it took longer than PT1S. Look what keeps it, or raise "
					+ "veza.migrations.backup.pg-dump.timeout.");
		assertEnded();
	}

	@Test
	void writeWhenCancelledEndsTheProgram() throws IOException {
		CompletableFuture<?> writing = CompletableFuture
			.runAsync(() -> write("echo $$ > \"$file\"; exec sleep 1000", Format.PLAIN, null));
		Awaitility.await().until(() -> Files.exists(partial()) && Files.size(partial()) > 0);

		this.cancellation.request();

		assertThat(writing).failsWithin(Duration.ofMinutes(1))
			.withThrowableThat()
			.withMessageContaining("was ended because the application closes or the run was interrupted. Start");
		assertEnded();
	}

	@Test
	void writeWhenInterruptedEndsTheProgramAndStaysInterrupted() {
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> write("exec sleep 1000", Format.PLAIN, null))
			.withMessageContaining("the run was interrupted");
		assertThat(Thread.interrupted()).isTrue();
	}

	private void assertEnded() throws IOException {
		List<String> pids = Files.readAllLines(partial());
		assertThat(pids).isNotEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(pids)
				.noneMatch((pid) -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent()));
	}

	private Path partial() {
		return this.folder.resolve("backup.sql.partial");
	}

	private AbstractStringAssert<?> assertFailure(String script, Format format) {
		return assertThat(
				assertThatExceptionOfType(BackupFailedException.class).isThrownBy(() -> write(script, format, null))
					.actual()
					.getMessage());
	}

	private String write(String script, Format format, Duration timeout) {
		Path program = FakeProgram.write(this.folder, "pg_dump", script);
		PgDumpOptions options = new PgDumpOptions("", this.folder, format, Scope.TABLES, timeout, null);
		Path restore = (format == Format.CUSTOM) ? this.folder.resolve("pg_restore") : null;
		PgDumpJob job = new PgDumpJob(new PgDumpProgram(program, "15", 15), restore,
				new PgDumpLogin(Map.of("PGPASSWORD", "s3cret", "PGHOST", "db")), "owner",
				new PgDumpTables(List.of(new Table("public.users", 16385, true, 0)), 0), false);
		return new PgDumpWriter(options, new PgDumpProcess(Clock.systemUTC(), this.cancellation), "s3cret").write(job,
				new PgDumpFile(this.folder.resolve("backup.sql")));
	}

}
