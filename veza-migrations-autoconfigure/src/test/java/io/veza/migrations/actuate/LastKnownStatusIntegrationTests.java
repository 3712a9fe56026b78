package io.veza.migrations.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LastKnownStatusIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	Path path;

	@Test
	void recentReadsOnceUntilARunHasEnded() {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		LastKnownStatus status = new LastKnownStatus(() -> migrator(folder));
		assertThat(pending(status.recent())).isEqualTo(1);
		folder.with("002_second.sql", "SELECT 1;", "SELECT 2;");

		assertThat(pending(status.recent())).isEqualTo(1);
		status.onRunFinished(
				new MigrationReport(new UUID(0, 1), MigrationOperation.MIGRATE, List.of(), null, List.of(), List.of()));

		assertThat(pending(status.recent())).isEqualTo(2);
	}

	@Test
	void recentIsWhatSomebodyElseHasRead() {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		LastKnownStatus status = new LastKnownStatus(() -> migrator(folder));
		assertThat(pending(status.recent())).isEqualTo(1);
		folder.with("002_second.sql", "SELECT 1;", "SELECT 2;");

		status.read();

		assertThat(pending(status.recent())).isEqualTo(2);
	}

	private Migrator migrator(MigrationFolder folder) {
		return Migrators.migrator(folder, this.database);
	}

	private static int pending(@Nullable MigrationStatus status) {
		assertThat(status).isNotNull();
		return status.pending().size();
	}

}
