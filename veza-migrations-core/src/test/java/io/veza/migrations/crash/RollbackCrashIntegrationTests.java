package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a rollback that was killed can be continued, and that nothing that it
 * destroys is lost. The long version is {@code -Dveza.crash.rollbacks=50}.
 */
class RollbackCrashIntegrationTests {

	@TempDir
	private Path folder;

	@Test
	void rollbackAfterAnyKillKeepsAndRestoresWhatItDestroys() throws IOException {
		CrashOptions options = CrashOptions.fromSystemProperties();

		CrashReport report = RollbackCrashRun.run(options, this.folder);

		System.out.println(report);
		assertThat(report.failures()).as("failed scenarios, printed above, seed %d", options.seed()).isZero();
		assertThat(report.strikes(Strike.KILL)).as("kills").isGreaterThanOrEqualTo(options.rollbacks());
	}

}
