package io.veza.migrations.engine.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.veza.migrations.BackupMode;
import io.veza.migrations.backup.BackupOptions;
import io.veza.migrations.backup.pgdump.PgDumpOptions;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that a rollback without a backup is none, and changes nothing.
 */
class RollbackDataBackupIntegrationTests {

	private static final String OWNER = "veza_backup_owner";

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path files;

	private MigrationFolder folder;

	@BeforeEach
	void migrate() {
		this.folder = MigrationFolder.in(this.files.resolve("migrations"))
			.with("001_notes.sql", "CREATE TABLE notes (id int PRIMARY KEY, note text);", "DROP TABLE notes;");
		this.database.execute("DROP ROLE IF EXISTS " + OWNER + "; CREATE ROLE " + OWNER + " LOGIN PASSWORD 'owner'"
				+ "; GRANT ALL ON SCHEMA public TO " + OWNER);
		Migrators.migrator(this.folder, owner(), MigratorOptions.defaults()).migrate(MigrateRequest.all());
		this.database.execute("INSERT INTO notes SELECT i, 'note ' || i FROM generate_series(1, 5000) i");
	}

	@AfterEach
	void drop() {
		this.database.execute("DROP OWNED BY " + OWNER + "; DROP ROLE " + OWNER);
		this.database.drop();
	}

	@Test
	void rollbackWithoutThePrivilegeForTheSchemaChangesNothing() {
		assertRefused(owner(), BackupOptions.defaults()).contains(
				"The schema \"veza_backup\" of the backups is not there, and the role \"" + OWNER
						+ "\" may not create it.",
				"Run CREATE SCHEMA \"veza_backup\" AUTHORIZATION \"" + OWNER + "\" as a superuser");
	}

	@Test
	void rollbackOfMoreThanMayBeKeptChangesNothing() {
		BackupOptions small = new BackupOptions(BackupMode.IN_DATABASE, "veza_backup", 1000, null,
				PgDumpOptions.defaults());

		assertRefused(this.database.dataSource(), small).contains("\"public.notes\"",
				"but veza.migrations.backup.max-size is 1000 bytes. Raise veza.migrations.backup.max-size.");
	}

	@Test
	void rollbackWithoutTheProgramChangesNothing() {
		assertRefused(this.database.dataSource(), dumping(this.files.resolve("missing"), this.files))
			.contains("missing\"", "veza.migrations.backup.pg-dump");
	}

	@Test
	void rollbackWithAnOldProgramChangesNothing() throws IOException {
		assertRefused(this.database.dataSource(), dumping(program("echo 'pg_dump (PostgreSQL) 9.6.1'"), this.files))
			.contains("9.6.1", "veza.migrations.backup.pg-dump");
	}

	@Test
	void rollbackIntoAFileChangesNothing() throws IOException {
		Path file = Files.createFile(this.files.resolve("file"));

		assertRefused(this.database.dataSource(), dumping(current(), file)).contains(
				"\"" + file + "\" is not a directory.",
				"Set veza.migrations.backup.directory to a directory that this user may write to.");
	}

	@Test
	void rollbackWhereNobodyMayWriteChangesNothing() throws IOException {
		Path directory = Files.createDirectory(this.files.resolve("closed"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
		assumeThat(Files.isWritable(directory)).as("root may write everywhere").isFalse();

		assertRefused(this.database.dataSource(), dumping(current(), directory)).contains(
				"this user may not write to \"" + directory + "\".",
				"Set veza.migrations.backup.directory to a directory that this user may write to.");
	}

	/** There is no room in /proc, and ordinary users may not even write there. */
	@Test
	void rollbackWhereThereIsNoRoomChangesNothing() throws IOException {
		assertRefused(this.database.dataSource(), dumping(current(), Path.of("/proc/veza"))).contains("\"/proc/veza\"")
			.containsPattern("0 bytes free|may not write")
			.containsIgnoringCase("set veza.migrations.backup.directory to");
	}

	@Test
	void rollbackWhenTheDiskIsFullChangesNothing() throws IOException {
		Path program = current("echo 'pg_dump: error: could not write: No space left on device' >&2; exit 1");

		assertRefused(this.database.dataSource(), dumping(program, this.files.resolve("backups"))).contains(
				"No space left on device", "Free some space, or set veza.migrations.backup.directory to another disk.");
		try (Stream<Path> left = Files.list(this.files.resolve("backups"))) {
			assertThat(left).isEmpty();
		}
	}

	private AbstractStringAssert<?> assertRefused(DataSource dataSource, BackupOptions options) {
		Migrator migrator = Migrators.migrator(this.folder, dataSource, MigratorOptions.defaults().with(options));
		List<String> before = picture();

		BackupFailedException refusal = catchThrowableOfType(BackupFailedException.class,
				() -> migrator.rollback(Migrators.rollback(1)));

		assertThat(picture()).isEqualTo(before);
		return assertThat(refusal.getMessage());
	}

	/** Whatever is there, except for the audit log. */
	private List<String> picture() {
		List<String> picture = new ArrayList<>(this.database.objects());
		picture.addAll(this.database.query("SELECT id, version, down_sql FROM schema_migrations"));
		picture.addAll(this.database.query("SELECT count(*), md5(string_agg(n::text, '' ORDER BY id)) FROM notes n"));
		picture.addAll(this.database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'veza_backup'"));
		return picture;
	}

	private DataSource owner() {
		return this.database.dataSource(OWNER, "owner");
	}

	private static BackupOptions dumping(Path program, Path directory) {
		PgDumpOptions defaults = PgDumpOptions.defaults();
		return new BackupOptions(BackupMode.PG_DUMP, "veza_backup", 1L << 30, null, new PgDumpOptions(
				program.toString(), directory, defaults.format(), defaults.scope(), defaults.timeout(), null));
	}

	private Path current() throws IOException {
		return current("exit 1");
	}

	private Path current(String script) throws IOException {
		return program("[ \"$1\" = --version ] && echo 'pg_dump (PostgreSQL) 99.1' && exit 0\n" + script);
	}

	private Path program(String script) throws IOException {
		Path program = Files.writeString(this.files.resolve("program"), "#!/bin/sh\n" + script + "\n");
		return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
