package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.failure.BackupFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PgDumpFolder}, {@link PgDumpFile}, {@link PgDumpFileName} and
 * {@link PgDumpRetention}.
 */
class PgDumpFilesTests {

	private static final ZonedDateTime TIME = ZonedDateTime.of(2026, 11, 22, 22, 15, 30, 0, ZoneOffset.UTC);

	private static final List<MigrationVersion> VERSIONS = List.of(MigrationVersion.of("1.10"));

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "003, PLAIN, backup_20261122_221530_003.sql",
			"010 1.2 0.9, CUSTOM, backup_20261122_221530_010-0.9.dump", "'', PLAIN, backup_20261122_221530.sql" })
	void nameTellsTimeAndVersions(String versions, Format format, String expected) {
		List<MigrationVersion> list = Stream.of(versions.split(" "))
			.filter((version) -> !version.isEmpty())
			.map(MigrationVersion::of)
			.toList();

		assertThat(PgDumpFileName.of(TIME, list, format)).isEqualTo(expected);
		assertThat(PgDumpFileName.isOurs(expected)).isTrue();
	}

	@Test
	void nameWhenVersionsAreLongFitsAFileSystem() {
		MigrationVersion version = MigrationVersion.of("9".repeat(255));

		String name = PgDumpFileName.of(TIME, List.of(version, version), Format.CUSTOM) + PgDumpFileName.PARTIAL;

		assertThat(name).hasSizeLessThan(255);
		assertThat(PgDumpFileName.isOurs(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "backup.sql", "backup_20261122_221530_users.sql", "backup_20261122_221530.sql.gz",
			"my_backup_20261122_221530.sql", "backup_20261122_221530_003.sql.partial.bak", "backup_2026_1.sql" })
	void isOursWhenNameIsAnotherIsFalse(String name) {
		assertThat(PgDumpFileName.isOurs(name)).isFalse();
	}

	@Test
	void createWhenDirectoryIsMissingCreatesIt() {
		PgDumpFile file = new PgDumpFolder(this.folder.resolve("a b/é")).create(TIME, VERSIONS, Format.PLAIN);

		assertThat(file.path()).hasToString(this.folder + "/a b/é/backup_20261122_221530_1.10.sql").doesNotExist();
		assertThat(file.partial()).hasToString(file.path() + ".partial").isEmptyFile();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege")
	void createWhenDirectoryIsALinkFollowsIt() throws IOException {
		Path real = Files.createDirectory(this.folder.resolve("real"));
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), real);

		new PgDumpFolder(link).create(TIME, VERSIONS, Format.PLAIN);

		assertThat(real).isDirectoryContaining("glob:**.partial");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege")
	void createWhenDirectoryIsALinkToNothingIsRefused() throws IOException {
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), this.folder.resolve("gone"));

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> new PgDumpFolder(link).create(TIME, VERSIONS, Format.PLAIN))
			.withMessageContaining("No file could be created in the directory \"" + link + "\" for backups");
	}

	@Test
	void createWhenSecondIsTakenTakesTheNext() throws IOException {
		PgDumpFolder target = new PgDumpFolder(this.folder);
		PgDumpFile first = target.create(TIME, VERSIONS, Format.PLAIN);
		Files.createFile(this.folder.resolve("backup_20261122_221531_1.10.sql"));

		assertThat(first.path().getFileName()).hasToString("backup_20261122_221530_1.10.sql");
		assertThat(target.create(TIME, VERSIONS, Format.PLAIN).path().getFileName())
			.hasToString("backup_20261122_221532_1.10.sql");
	}

	@Test
	void requireRoomWhenItIsThereCreatesNothing() {
		new PgDumpFolder(this.folder.resolve("a/b")).requireRoom(1000);

		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void requireRoomWhenDiskIsTooSmallSaysHowMuch() {
		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> new PgDumpFolder(this.folder).requireRoom(5L << 50))
			.withMessageMatching(
					"The backup takes about 5120 TB, and the directory \".*\" has \\d+ .?B free. Free some .*");
	}

	@Test
	void requireRoomWhenDirectoryIsAFileIsRefused() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> new PgDumpFolder(file.resolve("sub")).requireRoom(0))
			.withMessage("The directory \"" + file.resolve("sub") + "\" for backups cannot be used, because \"" + file
					+ "\" is not a directory. Set veza.migrations.backup.directory to a directory that this user may write to.");
	}

	@Test
	@DisabledIf(value = "isRoot", disabledReason = "root may write everywhere")
	void requireRoomWhenDirectoryIsReadOnlyIsRefused() {
		assertThat(this.folder.toFile().setWritable(false)).isTrue();

		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> new PgDumpFolder(this.folder).requireRoom(0))
			.withMessageContaining("because this user may not write to \"" + this.folder + "\"");
	}

	@Test
	void deleteOlderDeletesOnlyOldFilesOfOurs() throws IOException {
		Path newest = file("backup_20260101_000000_9.sql", 100);
		file("backup_20260101_000000_1.sql", 31);
		file("backup_20260101_000000_2.dump.partial", 31);
		file("backup_20260101_000000_3.sql", 29);
		file("backup_20260101_000000_users.sql", 31);
		Files.setLastModifiedTime(Files.createDirectory(this.folder.resolve("backup_20260101_000000_4.sql")),
				FileTime.from(Instant.EPOCH));

		new PgDumpRetention(Duration.ofDays(30), Clock.fixed(TIME.toInstant(), ZoneOffset.UTC)).deleteOlder(newest);

		try (Stream<Path> left = Files.list(this.folder)) {
			assertThat(left.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder(
					"backup_20260101_000000_9.sql", "backup_20260101_000000_3.sql", "backup_20260101_000000_users.sql",
					"backup_20260101_000000_4.sql");
		}
	}

	@Test
	void completeGivesTheNameAndDiscardLeavesIt() throws IOException {
		PgDumpFile file = new PgDumpFolder(this.folder).create(TIME, VERSIONS, Format.PLAIN);
		Files.writeString(file.partial(), "12345");

		assertThat(file.complete()).isEqualTo(5);
		file.discard();

		assertThat(file.path()).hasContent("12345");
		assertThat(file.partial()).doesNotExist();
	}

	@Test
	void discardDeletesWhatIsIncomplete() {
		PgDumpFile file = new PgDumpFolder(this.folder).create(TIME, VERSIONS, Format.PLAIN);

		file.discard();

		assertThat(this.folder).isEmptyDirectory();
	}

	static boolean isRoot() {
		boolean root = "root".equals(System.getProperty("user.name"));
		if (root) {
			System.out.println("Skipped: a test of a directory that may not be written to, because root may");
		}
		return root;
	}

	private Path file(String name, int days) throws IOException {
		Path file = Files.createFile(this.folder.resolve(name));
		return Files.setLastModifiedTime(file, FileTime.from(TIME.minusDays(days).toInstant()));
	}

}
