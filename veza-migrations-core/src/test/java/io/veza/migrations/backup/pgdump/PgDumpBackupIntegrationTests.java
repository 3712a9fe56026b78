package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.CancellationToken;
import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Scope;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.testsupport.EnabledIfPgBouncer;
import io.veza.migrations.testsupport.EnabledIfPgDump;
import io.veza.migrations.testsupport.PgBouncer;
import io.veza.migrations.testsupport.PostgresPrograms;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

@EnabledIfPgDump
class PgDumpBackupIntegrationTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T22:15:30Z"), ZoneId.of("Europe/Paris"));

	private static final String ODD_TABLE = """
					CREATE SCHEMA "Odd; ""one"" x";

			CREATE TYPE public.mood AS

			ENUM ('sad', 'très content');
					CREATE TABLE "Odd; ""one"" x"."the *.table$" (
						id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
						"Name" text, blob bytea, doc jsonb,

			list numeric(30,10)[], feeling public.mood, at timestamptz,
						span int4range, ratio float8, mark "char", address inet, twice int GENERATED

			ALWAYS AS (2) STORED);
					INSERT INTO "Odd; ""one"" x"."the *.table$" ("Name", blob, doc, list, feeling, at, span, ratio, mark, address)
					VALUES (E'a\\tb\\n\\\\.\\nc é 😀', '\\x00ff0a5c2e', '{"a": [1, null]}', '{1.5,NULL,-3}', 'très content',
							'2026-01-01 00:00:00.123456+02', '[1,5)', 'NaN', 'x', '::1/64'),
						(NULL, '', 'null', '{}', NULL, 'infinity', 'empty', 1e-300, NULL, NULL),
						('\\N', NULL, NULL, NULL, 'sad', '-infinity', NULL, 0.1, '\\', '10.0.0.1');""";

	private static final String ODD_NAME = "\"Odd; \"\"one\"\" x\".\"the *.table$\"";

	private static final String ODD_ROWS = "SELECT t.ctid IS NULL, t::text FROM " + ODD_NAME + " t ORDER BY id";

	private static final String DUMPING = "SELECT pid FROM pg_stat_activity WHERE application_name = 'veza-migrations pg_dump'";

	private TestDatabase database;

	@TempDir
	private Path folder;

	@BeforeEach
	void createDatabase() {
		this.database = TestDatabase.create(PostgresPrograms.server(), "template0");
		this.database
			.execute("CREATE TABLE users (id int PRIMARY KEY, name text); INSERT INTO users VALUES (1, 'Ann')");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void writePutsTheTablesIntoAFileNamedAsInTheGuide() throws Exception {
		Backup backup = write(options(Format.PLAIN, Scope.TABLES), request("public.users"));

		Path file = this.folder.resolve("backup_20261122_231530_005-003.sql");
		byte[] content = Files.readAllBytes(file);
		assertThat(backup).isEqualTo(new Backup(BackupMode.PG_DUMP, file.toString(), List.of(), content.length,
				HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content))));
		assertThat(Files.readString(file)).contains("COPY public.users (id, name) FROM stdin;\n1\tAnn\n");
		assertThat(files()).containsExactly(file.getFileName().toString());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void writeWhenPlainComesBackWithPsqlByteForByte() throws Exception {
		this.database.execute(ODD_TABLE);
		List<String> rows = this.database.query(ODD_ROWS);
		Backup backup = write(options(Format.PLAIN, Scope.TABLES), request(ODD_NAME));
		this.database.execute("DROP TABLE " + ODD_NAME);

		PostgresPrograms.run(this.database, "psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction",
				"--file=" + backup.location());

		assertThat(rows).hasSize(3);
		assertThat(this.database.query(ODD_ROWS)).isEqualTo(rows);
	}

	@Test
	void writeWhenCustomComesBackWithPgRestoreByteForByte() throws Exception {
		this.database.execute(ODD_TABLE);
		List<String> rows = this.database.query(ODD_ROWS);
		Backup backup = write(options(Format.CUSTOM, Scope.TABLES), request(ODD_NAME));
		this.database.execute("TRUNCATE " + ODD_NAME);

		PostgresPrograms.run(this.database, "pg_restore", "--data-only", "--exit-on-error", "--single-transaction",
				"--dbname=" + this.database.name(), backup.location());

		assertThat(backup.location()).endsWith("_005-003.dump");
		assertThat(this.database.query(ODD_ROWS)).isEqualTo(rows);
	}

	@ParameterizedTest
	@EnumSource
	void writeWhenTableIsPartitionedHoldsItsPartitions(Format format) throws Exception {
		this.database.execute("""
				CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
				CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
				INSERT INTO logs VALUES (1, '2026-01-05')""");
		Backup backup = write(options(format, Scope.TABLES), request("public.logs"));
		this.database.execute("TRUNCATE logs");

		restoreRows(format, backup);

		assertThat(this.database.query("SELECT id, day FROM logs")).containsExactly("1|2026-01-05");
	}

	@Test
	void writeWhenProgramIsInThePathFindsIt() throws Exception {
		PgDumpOptions options = new PgDumpOptions("pg_dump", this.folder, Format.CUSTOM, Scope.ALL, null, null);
		String searchPath = PostgresPrograms.path("pg_dump").getParent().toString();
		try (Connection connection = this.database.connect()) {
			Backup backup = new PgDumpBackup(options, target(), CLOCK, Map.of("PATH", searchPath)).write(connection,
					new PgDumpRequest(List.of(), List.of(), List.of()), new CancellationToken());

			assertThat(backup.location()).isEqualTo(this.folder.resolve("backup_20261122_231530.dump").toString());
		}
	}

	@Test
	void writeWhenScopeIsAllHoldsTheWholeDatabase() throws Exception {
		this.database.execute("CREATE TABLE others (id int)");

		Backup backup = write(options(Format.PLAIN, Scope.ALL), request("public.users"));

		assertThat(Path.of(backup.location())).content().contains("COPY public.others (id) FROM stdin;");
	}

	@Test
	void writeWhenAMillionRowsComeBack() throws Exception {
		this.database.execute("INSERT INTO users SELECT i, md5(i::text) FROM generate_series(2, 1000000) i");
		String digest = "SELECT count(*), sum(hashtextextended(u::text, 0)) FROM users u";
		List<String> before = this.database.query(digest);
		Backup backup = write(options(Format.CUSTOM, Scope.TABLES), request("public.users"));
		this.database.execute("TRUNCATE users");

		restoreRows(Format.CUSTOM, backup);

		assertThat(before.get(0)).startsWith("1000000|");
		assertThat(this.database.query(digest)).isEqualTo(before);
	}

	@Test
	void writeWhenLossesAreKnownSaysWhatIsKept() throws Exception {
		DataLoss loss = new DataLoss(DataLoss.Kind.COLUMNS, "public.users", List.of("name"), 1L, false);

		Backup backup = write(options(Format.PLAIN, Scope.TABLES),
				PgDumpRequest.of(List.of(MigrationVersion.of("003")), List.of(loss)));

		assertThat(backup.kept()).containsExactly(new Backup.Kept(loss, null, null));
		assertThat(Path.of(backup.location()).getFileName()).hasToString("backup_20261122_231530_003.sql");
	}

	@Test
	void writeWhenNameIsTakenTakesTheNextSecond() throws Exception {
		write(options(Format.PLAIN, Scope.TABLES), request("public.users"));

		write(options(Format.PLAIN, Scope.TABLES), request("public.users"));

		assertThat(files()).containsExactly("backup_20261122_231530_005-003.sql", "backup_20261122_231531_005-003.sql");
	}

	@Test
	void writeWhenRoleIsSetReadsWithItsRights() throws Exception {
		String role = this.database.name() + "_reader";
		this.database.execute("CREATE ROLE " + role + "; GRANT SELECT ON users TO " + role);
		PgDumpTarget target = new PgDumpTarget(this.database.url(), this.database.user(), this.database.password(),
				role);
		this.database.execute("CREATE TABLE secrets (id int)");

		assertRefused(target, options(Format.PLAIN, Scope.TABLES), request("public.secrets")).contains(
				"permission denied for table secrets",
				"Give the user that migrates the right to read it, set veza.migrations.role");
		assertThat(write(target, options(Format.PLAIN, Scope.TABLES), request("public.users")).bytes()).isPositive();
		this.database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
	}

	@Test
	void writeWhenRowSecurityHidesRowsIsRefused() throws Exception {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + "; ALTER TABLE users OWNER TO " + role + """
				; ALTER TABLE users ENABLE ROW LEVEL SECURITY;
				ALTER TABLE users FORCE ROW LEVEL SECURITY""");

		assertRefused(new PgDumpTarget(this.database.url(), this.database.user(), this.database.password(), role),
				options(Format.PLAIN, Scope.TABLES), request("public.users"))
			.contains("row-level security", "a user with BYPASSRLS");
		this.database.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
	}

	@Test
	void writeWhenPasswordIsWrongIsRefusedWithoutShowingIt() throws Exception {
		assertRefused(new PgDumpTarget(this.database.url(), this.database.user(), "wr0ng", null),
				options(Format.PLAIN, Scope.TABLES), request("public.users"))
			.contains("password authentication failed", "Set veza.migrations.url, username and password")
			.doesNotContain("wr0ng");
	}

	@Test
	void writeWhenTableIsGoneIsRefused() throws Exception {
		assertRefused(target(), options(Format.PLAIN, Scope.TABLES), request("public.gone"))
			.isEqualTo("The table \"public.gone\" that is to be backed up does not exist. Make a new plan.");
	}

	@Test
	void writeWhenAnExtensionOwnsTheTableIsRefused() throws Exception {
		this.database.execute("CREATE EXTENSION IF NOT EXISTS plpgsql; CREATE TABLE ext (id int); "
				+ "ALTER EXTENSION plpgsql ADD TABLE ext");

		assertRefused(target(), options(Format.PLAIN, Scope.TABLES), request("public.ext"))
			.contains("wrote a backup without \"public.ext\". Check that the program reaches the same database");
	}

	@Test
	void writeWhenDatabaseIsAnotherOneIsRefused() throws Exception {
		TestDatabase other = TestDatabase.create(PostgresPrograms.server(), "template0");
		other.execute("CREATE TABLE padding (); CREATE TABLE users (id int)");

		assertRefused(new PgDumpTarget(other.url(), other.user(), other.password(), null),
				options(Format.PLAIN, Scope.TABLES), request("public.users"))
			.contains("wrote a backup without \"public.users\"");
		other.drop();
	}

	@Test
	void writeWhenTransactionIsOpenIsRefused() throws Exception {
		try (Connection connection = this.database.connect()) {
			connection.setAutoCommit(false);

			assertThatIllegalStateException().isThrownBy(() -> pgDump(target(), options(Format.PLAIN, Scope.TABLES))
				.write(connection, request("public.users"), new CancellationToken()));
		}
	}

	@Test
	void writeWhenTableIsLockedIsRefused() throws Exception {
		try (TestSession holder = TestSession.executed(this.database.dataSource(), "BEGIN; LOCK TABLE users")) {
			assertRefused(target(), options(Format.PLAIN, Scope.TABLES), request("public.users")).contains(
					"canceling statement due to lock timeout", "Wait for the session that holds the lock, or end it");
			holder.execute("ROLLBACK");
		}
	}

	@Test
	void writeWhenTimeIsUpEndsTheProgramAndItsSession() throws Exception {
		PgDumpOptions options = new PgDumpOptions(PostgresPrograms.path("pg_dump").toString(), this.folder,
				Format.PLAIN, Scope.ALL, Duration.ofSeconds(1), null);
		try (TestSession holder = TestSession.executed(this.database.dataSource(), "BEGIN; LOCK TABLE users")) {
			PgDumpBackup pgDump = new PgDumpBackup(options, target(), Clock.systemUTC());

			assertThat(failure(pgDump, new PgDumpRequest(List.of(), List.of(), List.of())))
				.hasMessageContaining("it took longer than PT1S");
			Awaitility.await().until(() -> this.database.query(DUMPING).isEmpty());
			holder.execute("ROLLBACK");
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void writeFromWhatTheConnectionTellsUsesPasswordOfTheEnvironment() throws Exception {
		try (Connection connection = this.database.connect()) {
			PgDumpBackup pgDump = new PgDumpBackup(options(Format.PLAIN, Scope.TABLES),
					PgDumpTarget.of(connection, null), CLOCK);

			assertThat(failure(pgDump, request("public.users"))).hasMessageContaining("no password supplied")
				.hasMessageContaining("PGPASSWORD or a password file");
		}
	}

	@Test
	void checkSaysWhatWouldBeWrittenAndCreatesNothing() throws Exception {
		Path missing = this.folder.resolve("a/b");
		PgDumpOptions options = new PgDumpOptions(PostgresPrograms.path("pg_dump").toString(), missing, Format.CUSTOM,
				Scope.TABLES, null, null);

		PgDumpCheck check = check(target(), options, request("public.users"));

		assertThat(check.failure()).isNull();
		assertThat(check.estimatedBytes()).isPositive();
		assertThat(check.description()).startsWith("pg_dump 15.")
			.contains(" writes the tables \"public.users\", about 16 kB, to \"" + missing
					+ "/backup_<time>_005-003.dump\".", "rows that are written in between are not in it");
		assertThat(files()).isEmpty();
	}

	@Test
	void checkWhenServerIsNewerNamesBothVersions() throws Exception {
		TestDatabase newer = TestDatabase.create();
		int major = Integer.parseInt(newer.query("SHOW server_version_num").get(0)) / 10000;
		assumeThat(major).isGreaterThan(15);
		try (Connection connection = newer.connect()) {
			PgDumpCheck check = pgDump(target(), options(Format.PLAIN, Scope.TABLES)).check(connection,
					new PgDumpRequest(List.of(), List.of(), List.of()));

			assertThat(check.failure()).hasMessageContaining("is pg_dump 15.")
				.hasMessageContaining("the server is PostgreSQL " + major)
				.hasMessageContaining("Install pg_dump " + major + " or newer");
		}
		newer.drop();
	}

	@Test
	@EnabledIfPgBouncer
	void checkWhenConnectionLeadsThroughAPoolerIsRefused() throws Exception {
		TestDatabase pooled = TestDatabase.create();
		try (PgBouncer pooler = PgBouncer.start(pooled, PgBouncer.PoolMode.SESSION, 1);
				Connection connection = pooler.connect()) {
			PgDumpCheck check = pgDump(target(), options(Format.PLAIN, Scope.ALL)).check(connection,
					request("public.users"));

			assertThat(check.failure())
				.hasMessage("The connection leads through a pooler, and pg_dump must not share its "
						+ "session with others. Set veza.migrations.url to a direct connection to the server, "
						+ "or choose another veza.migrations.backup.mode.");
		}
		pooled.drop();
	}

	@Test
	@EnabledIf(value = "canMount", disabledReason = "no small disk can be mounted")
	void writeWhenDiskIsFullLeavesNothing() throws Exception {
		PostgresPrograms.run(this.database, "/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs",
				this.folder.toString());
		try {
			this.database.execute("INSERT INTO users VALUES (2, repeat('x', 5000000))");

			assertRefused(target(), options(Format.PLAIN, Scope.TABLES), request("public.users")).contains(
					"No space left on device",
					"Free some space, or set veza.migrations.backup.directory to another disk.");
		}
		finally {
			assertThat(run("umount", this.folder.toString())).isTrue();
		}
	}

	static boolean canMount() throws IOException {
		Path place = Files.createTempDirectory("disk");
		boolean mounted = run("mount", "-t", "tmpfs", "tmpfs", place.toString()) && run("umount", place.toString());
		Files.delete(place);
		if (!mounted) {
			System.out.println("Skipped: a test that fills a small disk, which this user cannot mount");
		}
		return mounted;
	}

	private static boolean run(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(Redirect.DISCARD)
				.start()
				.onExit()
				.join()
				.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void writeWhenDirectoryIsAFileIsRefused() throws Exception {
		Path file = Files.writeString(this.folder.resolve("file"), "");
		PgDumpOptions options = new PgDumpOptions(PostgresPrograms.path("pg_dump").toString(), file.resolve("sub"),
				Format.PLAIN, Scope.TABLES, null, null);

		assertThat(failure(pgDump(target(), options), request("public.users")))
			.hasMessageContaining("because \"" + file + "\" is not a directory. Set veza.migrations.backup.directory");
	}

	private void restoreRows(Format format, Backup backup) {
		if (format == Format.CUSTOM) {
			PostgresPrograms.run(this.database, "pg_restore", "--data-only", "--exit-on-error",
					"--dbname=" + this.database.name(), backup.location());
		}
		else {
			// what there is already is an error that psql passes over
			PostgresPrograms.run(this.database, "psql", "--no-psqlrc", "--file=" + backup.location());
		}
	}

	private AbstractStringAssert<?> assertRefused(PgDumpTarget target, PgDumpOptions options, PgDumpRequest request)
			throws Exception {
		BackupFailedException failure = failure(pgDump(target, options), request);
		assertThat(files()).isEmpty();
		assertThat(failure.exitCode()).isEqualTo(7);
		return assertThat(failure.getMessage());
	}

	private BackupFailedException failure(PgDumpBackup pgDump, PgDumpRequest request) throws Exception {
		try (Connection connection = this.database.connect()) {
			return assertThatExceptionOfType(BackupFailedException.class)
				.isThrownBy(() -> pgDump.write(connection, request, new CancellationToken()))
				.actual();
		}
	}

	private Backup write(PgDumpOptions options, PgDumpRequest request) throws Exception {
		return write(target(), options, request);
	}

	private Backup write(PgDumpTarget target, PgDumpOptions options, PgDumpRequest request) throws Exception {
		try (Connection connection = this.database.connect()) {
			return pgDump(target, options).write(connection, request, new CancellationToken());
		}
	}

	private PgDumpCheck check(PgDumpTarget target, PgDumpOptions options, PgDumpRequest request) throws Exception {
		try (Connection connection = this.database.connect()) {
			return pgDump(target, options).check(connection, request);
		}
	}

	private static PgDumpBackup pgDump(PgDumpTarget target, PgDumpOptions options) {
		return new PgDumpBackup(options, target, CLOCK);
	}

	private PgDumpTarget target() {
		return new PgDumpTarget(this.database.url(), this.database.user(), this.database.password(), null);
	}

	private PgDumpOptions options(Format format, Scope scope) {
		return new PgDumpOptions(PostgresPrograms.path("pg_dump").toString(), this.folder, format, scope, null, null);
	}

	private static PgDumpRequest request(String table) {
		return new PgDumpRequest(
				List.of(MigrationVersion.of("005"), MigrationVersion.of("004"), MigrationVersion.of("003")),
				List.of(table), List.of());
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

}
