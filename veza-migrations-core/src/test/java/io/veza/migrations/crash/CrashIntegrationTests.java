package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the next start leaves the database as an undisturbed run does, whatever died
 * before. The long version is
 * {@code -Dveza.crash.kills=200 -Dveza.crash.terminations=20 -Dveza.crash.shutdowns=5}.
 */
class CrashIntegrationTests {

	@TempDir
	private Path folder;

	@Test
	void startAfterAnyCrashEndsWhereAnUndisturbedRunEnds() throws IOException, SQLException {
		CrashOptions options = CrashOptions.fromSystemProperties();

		CrashReport report = CrashRun.run(options, this.folder);

		System.out.println(report);
		assertThat(report.failures()).as("failed scenarios, printed above, seed %d", options.seed()).isZero();
		assertThat(report.strikes(Strike.KILL)).as("kills").isGreaterThanOrEqualTo(options.kills());
		if (options.isLong()) {
			assertThat(List.of(Phase.CONCURRENTLY, Phase.COPY, Phase.COMMIT, Phase.UNLOCK))
				.allSatisfy((phase) -> assertThat(report.killsAround(phase)).as("kills around %s", phase)
					.isGreaterThanOrEqualTo(options.kills() / 20));
		}
	}

}
