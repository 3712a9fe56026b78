package io.veza.migrations.engine.watch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.RunningOperation;
import io.veza.migrations.status.ServerProgress;
import io.veza.migrations.testsupport.BackgroundRun;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is known of a statement while it takes its time.
 */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class RunningStatementWatchIntegrationTests {

	private static final String HOLD = "BEGIN; INSERT INTO users VALUES (1)";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createTable(@TempDir Path path) {
		this.database.execute("CREATE TABLE users (id int)");
		this.folder = MigrationFolder.in(path);
	}

	@Test
	void statementAmongThoseThatWereSentTogetherIsTheOneThatRuns() throws SQLException {
		String comment = "é".repeat(2000);
		this.folder.with("001_age.sql",
				"CREATE TABLE a ();\nALTER TABLE users /* " + comment + " */ ADD COLUMN age int;\nCREATE TABLE c ();",
				"DROP TABLE a;");
		try (TestSession writer = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = BackgroundRun.migrate(this.folder, this.database.dataSource());

			RunningOperation running = run.awaitRunning((operation) -> operation.statement() == 2);
			assertThat(running.statements()).isEqualTo(3);
			assertThat(running.statementSince()).isAfter(running.since());
			writer.execute("ROLLBACK");
			run.join();
		}
	}

	@Test
	void indexBuildBesideAnOldTransactionSaysForWhomItWaits(CapturedOutput output) throws SQLException {
		this.folder.with("001_index.sql", "CREATE INDEX CONCURRENTLY i ON users (id);", "DROP INDEX CONCURRENTLY i;");
		try (TestSession old = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = BackgroundRun.migrate(this.folder, this.database.dataSource());

			RunningOperation running = run.awaitRunning((operation) -> operation.waitingFor() != null);
			assertThat(running.waitingFor()).startsWith("process " + old.pid() + " of user ");
			assertThat(running.progress()).isEqualTo(new ServerProgress("CREATE INDEX CONCURRENTLY",
					"waiting for writers before build", 0, 1, "lockers"));
			await().untilAsserted(() -> assertThat(output).contains("Version 001 waits at statement 1 of 1 for "
					+ "the end of an older transaction. In the way: process " + old.pid()));
			old.execute("ROLLBACK");
			assertThat(run.join().migrations()).hasSize(1);
			assertThat(run.retries()).isEmpty();
		}
	}

	@Test
	void copyTellsHowManyBytesAreThere() throws SQLException {
		this.database.execute("CREATE UNIQUE INDEX u ON users (id)");
		this.folder.with("001_copy.sql", "COPY users FROM STDIN;\n1\n\\.\n", "DELETE FROM users;");
		try (TestSession writer = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = BackgroundRun.migrate(this.folder, this.database.dataSource());

			ServerProgress progress = run.awaitRunning((operation) -> operation.progress() != null).progress();
			assertThat(progress.command()).isEqualTo("COPY FROM");
			assertThat(progress.unit()).isEqualTo("bytes");
			writer.execute("ROLLBACK");
			run.join();
		}
	}

	@Test
	void secondConnectionIsNotTakenWhenNothingTakesLong() {
		this.folder.with("001_sleep.sql", "SELECT pg_sleep(0.5);", "SELECT 1;");
		AtomicInteger borrowed = new AtomicInteger();
		DelegatingDataSource counting = new DelegatingDataSource(this.database.dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				borrowed.incrementAndGet();
				return super.getConnection();
			}

		};
		Clock noTimePasses = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
		Migrator.builder(counting)
			.locations(this.folder.location())
			.clock(noTimePasses)
			.build()
			.migrate(MigrateRequest.all());

		assertThat(borrowed).hasValue(1);
	}

}
