package io.veza.migrations.actuate;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.MigratorOptions;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class LastStatusIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	Path path;

	@Test
	void recentReadsOnceUntilARunHasEnded() {
		MigrationFolder folder = MigrationFolder.in(this.path).with("001_first.sql", "SELECT 1;", "SELECT 2;");
		LastStatus status = new LastStatus(() -> migrator(folder));
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
		LastStatus status = new LastStatus(() -> migrator(folder));
		assertThat(pending(status.recent())).isEqualTo(1);
		folder.with("002_second.sql", "SELECT 1;", "SELECT 2;");

		status.read();

		assertThat(pending(status.recent())).isEqualTo(2);
	}

	private Migrator migrator(MigrationFolder folder) {
		return new Migrator(
				new ResourceMigrationSource(new PathMatchingResourcePatternResolver(), List.of(folder.location())),
				this.database.dataSource(), MigratorOptions.defaults(), List.of(), ObservationRegistry.NOOP,
				Clock.systemUTC());
	}

	private static int pending(@Nullable MigrationStatus status) {
		assertThat(status).isNotNull();
		return status.pending().size();
	}

}
