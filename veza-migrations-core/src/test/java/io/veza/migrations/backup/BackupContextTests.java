package io.veza.migrations.backup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.testsupport.Migrators;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackupContextTests {

	@Test
	void nameOfABackupTellsVersionTableAndOperation() {
		assertThat(context("20240115093000").backupTable("users", 12)).isEqualTo("v20240115093000_users_00000000_12");
	}

	@Test
	void longNameIsCutBetweenCharactersAndKeepsItsEnd() {
		String name = context("003").backupTable("😀".repeat(30), 1);

		assertThat(name).startsWith("v003_😀").endsWith("😀_00000000_1");
		assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60, 63);
	}

	@Test
	void longVersionLeavesRoomForTheTable() {
		assertThat(context("1".repeat(200)).backupTable("users", 1)).contains("_users_0");
	}

	private static BackupContext context(String version) {
		return new BackupContext(new UUID(0, 0), List.of(MigrationVersion.of(version)), Migrators.OPERATOR);
	}

}
