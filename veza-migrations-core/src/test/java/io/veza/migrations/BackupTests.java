package io.veza.migrations;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backup}.
 */
class BackupTests {

	@Test
	void describeWhenThereWasNothingToKeepSaysSo() {
		assertThat(Backup.nothing(BackupMode.IN_DATABASE).describe()).isEqualTo("in-database: nothing to keep");
	}

	@Test
	void describeWhenNothingIsKeptOnPurposeDoesNotSayThatNothingWasDestroyed() {
		assertThat(Backup.nothing(BackupMode.NONE).describe()).isEqualTo("none: nothing is kept");
	}

}
