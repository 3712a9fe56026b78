package io.veza.migrations.scenes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.veza.migrations.LockRetry;
import io.veza.migrations.testsupport.BackgroundRun;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.ReadingClient;
import io.veza.migrations.testsupport.SlowAutovacuum;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;

/**
 * Measures how long others wait for a table while a migration wants it that cannot have
 * it: beside a reader, beside a worker of autovacuum, and an index build beside an old
 * transaction. The arguments are how many seconds the reader and the old transaction stay
 * in the way, 20 and 30 without any.
 */
final class LockQueueScenes {

	private final TestDatabase database = TestDatabase.create();

	private LockQueueScenes() {
	}

	/**
	 * Run all scenes and print what was measured.
	 * @param args how many seconds the reader and the old transaction stay
	 * @throws Exception if a scene cannot be run
	 */
	public static void main(String[] args) throws Exception {
		new LockQueueScenes().reader((args.length > 0) ? Integer.parseInt(args[0]) : 20);
		new LockQueueScenes().autovacuum();
		new LockQueueScenes().concurrently((args.length > 1) ? Integer.parseInt(args[1]) : 30);
	}

	private void reader(int seconds) throws SQLException, InterruptedException {
		this.database.execute("CREATE TABLE users (id int)");
		try (TestSession reader = holder("SELECT FROM users")) {
			ReadingClient other = ReadingClient.start(this.database, "SELECT count(*) FROM users");
			BackgroundRun run = run("ALTER TABLE users ADD COLUMN age int;");
			TimeUnit.SECONDS.sleep(seconds);
			reader.execute("ROLLBACK");
			print("ALTER TABLE beside a reader that stays for " + seconds + " s", run, List.of(other));
		}
	}

	private void autovacuum() {
		try (SlowAutovacuum vacuum = SlowAutovacuum.ofDeadRows(this.database, "users")) {
			ReadingClient other = ReadingClient.start(this.database, "SELECT count(*) FROM users WHERE ctid = '(0,1)'");
			BackgroundRun run = run("ALTER TABLE users ADD COLUMN age int;");
			print("ALTER TABLE beside the autovacuum worker " + vacuum.workers(), run, List.of(other));
		}
	}

	private void concurrently(int seconds) throws SQLException, InterruptedException {
		this.database.execute("CREATE TABLE users (id int)");
		try (TestSession old = holder("INSERT INTO users VALUES (1)")) {
			ReadingClient reader = ReadingClient.start(this.database,
					"SELECT count(*) FROM users WHERE ctid = '(0,1)'");
			ReadingClient writer = ReadingClient.start(this.database, "INSERT INTO users VALUES (2) RETURNING id");
			BackgroundRun run = run("CREATE INDEX CONCURRENTLY i ON users (id);");
			TimeUnit.SECONDS.sleep(seconds);
			old.execute("ROLLBACK");
			print("CREATE INDEX CONCURRENTLY beside a transaction that stays for " + seconds + " s", run,
					List.of(reader, writer));
		}
	}

	private TestSession holder(String sql) throws SQLException {
		return TestSession.executed(this.database.dataSource(), "SET application_name = 'holder'; BEGIN; " + sql);
	}

	private BackgroundRun run(String up) {
		try {
			MigrationFolder folder = MigrationFolder.in(Files.createTempDirectory("veza-scene"))
				.with("001_scene.sql", up, "SELECT 1;");
			return BackgroundRun.migrate(folder, this.database.dataSource());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What it prints is what it is for. */
	private static void print(String scene, BackgroundRun run, List<ReadingClient> others) {
		long begin = System.nanoTime();
		int applied = run.join().migrations().size();
		System.out.printf("%n%s%n  applied: %d, %s after that%n", scene, applied, millis(System.nanoTime() - begin));
		for (ReadingClient other : others) {
			other.close();
			System.out.printf("  another client: %d statements, longest wait %s%n", other.reads(),
					millis(other.longestWait().toNanos()));
		}
		List<LockRetry> retries = run.retries();
		System.out.printf("  retries: %d%s%n", retries.size(),
				retries.isEmpty() ? "" : ", in the way: " + retries.get(retries.size() - 1).blockers());
	}

	private static String millis(long nanos) {
		return Duration.ofNanos(nanos).toMillis() + " ms";
	}

}
