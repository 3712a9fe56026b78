package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.SessionOptions;
import io.veza.migrations.testsupport.BackgroundRun;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.ReadingClient;
import io.veza.migrations.testsupport.SlowAutovacuum;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a migration that wants a table which others use.
 */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class LockQueueIntegrationTests {

	private static final String HOLD = "SET application_name = 'reader'; BEGIN; SELECT FROM users";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createTable(@TempDir Path path) {
		this.database.execute("CREATE TABLE users (id int)");
		this.folder = MigrationFolder.in(path)
			.with("001_age.sql", "ALTER TABLE users ADD COLUMN age int;", "ALTER TABLE users DROP COLUMN age;");
	}

	@Test
	void othersGetThroughWhileAReaderHoldsTheMigrationUp(CapturedOutput output) throws SQLException {
		try (TestSession reader = TestSession.executed(this.database.dataSource(), HOLD);
				ReadingClient others = ReadingClient.start(this.database, "SELECT count(*) FROM users")) {
			List<Integer> reads = new CopyOnWriteArrayList<>();
			BackgroundRun run = run(this.database.dataSource(), counting(others, reads));
			String blockers = run.retry(4).blockers();

			assertThat(reads.subList(0, 4)).isSorted().doesNotHaveDuplicates();
			assertThat(blockers).matches("process " + reader.pid() + " of user \"" + this.database.user()
					+ "\", application \"reader\", client \".+\", idle in transaction, transaction open for .+ m?s");
			assertThat(output).contains("Version 001 did not get a lock in time (attempt 4), trying again in ")
				.contains("In the way: " + blockers);
			reader.execute("ROLLBACK");
			assertThat(run.join().migrations()).hasSize(1);
		}
		assertThat(this.database.query("SELECT age FROM users")).isEmpty();
	}

	@Test
	void blockersAreNamedByTheirLocksWhenThePoolHasNoSecondConnection(CapturedOutput output) throws SQLException {
		try (HikariDataSource pool = pool(1);
				TestSession reader = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = run(pool, new MigrationListener() {
			});

			assertThat(run.retry(2).blockers())
				.startsWith("probably, by the locks that were found after the wait, process " + reader.pid());
			reader.execute("ROLLBACK");
			assertThat(run.join().migrations()).hasSize(1);
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
		assertThat(output).doesNotContain("hikari").doesNotContain("ERROR");
	}

	@Test
	void secondConnectionIsLeftToOthersBetweenTwoLooks() throws SQLException {
		try (HikariDataSource pool = pool(2);
				TestSession reader = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = run(pool, new MigrationListener() {
			});

			assertThat(run.retry(3).blockers()).startsWith("process " + reader.pid());
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);
			reader.execute("ROLLBACK");
			run.join();
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
		}
	}

	@Test
	void queriesOfBlockersAreShownWhenThatIsAllowed() throws SQLException {
		try (TestSession reader = TestSession.executed(this.database.dataSource(), HOLD)) {
			MigratorOptions options = MigratorOptions.defaults().with(new SessionOptions(null, null, true, false));
			BackgroundRun run = BackgroundRun.migrate(this.folder, this.database.dataSource(), options,
					new MigrationListener() {
					});

			assertThat(run.retry(2).blockers()).contains("process " + reader.pid())
				.endsWith(", query \"SELECT FROM users\"");
			reader.execute("ROLLBACK");
			run.join();
		}
	}

	@Test
	void whatPostgresHidesIsSaidToBeHidden() throws SQLException {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'; ALTER TABLE users OWNER TO " + role
				+ "; GRANT CREATE ON SCHEMA public TO " + role);
		try (TestSession reader = TestSession.executed(this.database.dataSource(), HOLD)) {
			BackgroundRun run = run(this.database.dataSource(role, "x"), new MigrationListener() {
			});

			assertThat(run.retry(2).blockers()).isEqualTo(
					"process " + reader.pid() + " of user \"" + this.database.user() + "\", application \"reader\""
							+ " (its state is hidden from the user that migrates: GRANT pg_monitor to it)");
			reader.execute("ROLLBACK");
			run.join();
		}
	}

	@Test
	void autovacuumInTheWayIsCancelledByPostgres() {
		this.folder.with("001_age.sql", "ALTER TABLE dead ADD COLUMN age int;", "ALTER TABLE dead DROP COLUMN age;");
		try (SlowAutovacuum vacuum = SlowAutovacuum.ofDeadRows(this.database, "dead")) {
			String worker = vacuum.workers();
			BackgroundRun run = run(this.database.dataSource(), new MigrationListener() {
			});

			assertThat(run.retry(1).blockers()).contains("process " + worker + ", an autovacuum worker");
			assertThat(run.join().migrations()).hasSize(1);
		}
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("001");
	}

	@Test
	void autovacuumThatPostgresDoesNotCancelIsNamed() {
		this.folder.with("001_age.sql", "ALTER TABLE old ADD COLUMN age int;", "ALTER TABLE old DROP COLUMN age;");
		try (SlowAutovacuum vacuum = SlowAutovacuum.toPreventWraparound(this.database, "old")) {
			String worker = vacuum.workers();
			BackgroundRun run = run(this.database.dataSource(), new MigrationListener() {
			});

			assertThat(run.retry(3).blockers()).contains("process " + worker
					+ ", an autovacuum to prevent transaction ID wraparound, which PostgreSQL does not cancel");
			vacuum.end();
			assertThat(run.join().migrations()).hasSize(1);
		}
	}

	private BackgroundRun run(DataSource dataSource, MigrationListener listener) {
		return BackgroundRun.migrate(this.folder, dataSource, MigratorOptions.defaults(), listener);
	}

	private static MigrationListener counting(ReadingClient client, List<Integer> reads) {
		return new MigrationListener() {

			@Override
			public void onLockRetry(MigrationOperation operation, LockRetry retry) {
				reads.add(client.reads());
			}

		};
	}

	private HikariDataSource pool(int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.url());
		config.setUsername(this.database.user());
		config.setPassword(this.database.password());
		config.setMaximumPoolSize(size);
		config.setAutoCommit(false);
		return new HikariDataSource(config);
	}

}
