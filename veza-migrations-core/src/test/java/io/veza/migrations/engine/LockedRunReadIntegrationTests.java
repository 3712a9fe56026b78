package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.CancellationToken;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.lock.AdvisoryLockKey;
import io.veza.migrations.lock.AdvisoryRunLock;
import io.veza.migrations.lock.RunLock;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LockedRunReadIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void writeFirst(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_first.sql", "CREATE TABLE first ();", "DROP TABLE first;");
	}

	@Test
	void lookSeesWhatAnotherRunCommittedBeforeTheLock() throws SQLException {
		migrate();
		try (MigrationSession session = session()) {
			assertThat(session.history().applied()).hasSize(1);
			this.folder.with("2_second.sql", "CREATE TABLE second ();", "DROP TABLE second;");
			migrate();

			LockedRunRead look = look(session);

			assertThat(look.settings()).isNotNull();
			assertThat(session.history().applied()).extracting(AppliedMigration::description)
				.containsExactly("first", "second");
			assertThat(session.storedDownChecksums(session.history().applied())).hasSize(2);
		}
	}

	@Test
	void lookSeesTheTablesThatAnotherRunCreatedBeforeTheLock() throws SQLException {
		try (MigrationSession session = session()) {
			assertThat(session.history().applied()).isEmpty();
			migrate();

			LockedRunRead look = look(session);

			assertThat(look.settings()).isNotNull();
			assertThat(session.historyLayout().historyExists()).isTrue();
			assertThat(session.history().applied()).hasSize(1);
			assertThat(session.storedDownChecksums(session.history().applied())).hasSize(1);
		}
	}

	@Test
	void lookAtTablesThatAreGoneLeavesEverythingToALaterOne() throws SQLException {
		migrate();
		try (MigrationSession session = session()) {
			this.database.execute("DROP TABLE schema_migrations");

			LockedRunRead look = look(session);

			assertThat(look.settings()).isNull();
			session.refresh();
			assertThat(session.history().applied()).isEmpty();
		}
	}

	private LockedRunRead look(MigrationSession session) throws SQLException {
		LockedRunRead look = new LockedRunRead(session, null);
		RunLock lock = new AdvisoryRunLock(AdvisoryLockKey.of("public", "schema_migrations"), Clock.systemUTC(),
				RandomGenerator.getDefault(), new CancellationToken());
		RunLockWaiter waiter = new RunLockWaiter(Duration.ZERO, () -> false, (holder) -> {
		});
		assertThat(lock.acquire(session.connection(), waiter, look)).isPresent();
		return look;
	}

	private void migrate() {
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private MigrationSession session() {
		return MigrationSession.open(this.database.dataSource(), MigratorOptions.defaults());
	}

}
