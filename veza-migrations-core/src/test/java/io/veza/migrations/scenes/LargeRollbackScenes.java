package io.veza.migrations.scenes;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.PostgresPrograms;
import io.veza.migrations.testsupport.ReadingClient;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * Measures how long readers and writers of other tables wait while a large table is
 * rolled back with a backup: of one that the table refers to, so that its DOWN locks it,
 * and of one that has nothing to do with it. The argument is the number of rows,
 * 5,000,000 without one. It needs the programs of PostgreSQL.
 */
final class LargeRollbackScenes {

	private static final String ENTRIES = """
			CREATE TABLE entries (
				id bigint PRIMARY KEY,
				account_id bigint NOT NULL REFERENCES accounts (id),
				amount integer NOT NULL,
				note text
			);""";

	/** What the application has written since; checking each row would take minutes. */
	private static final String FILL = """
			SET session_replication_role = replica;
			INSERT INTO accounts SELECT i, 'account ' || i, 0 FROM generate_series(1, 10000) i;
			INSERT INTO notes (text) SELECT 'note ' || i FROM generate_series(1, 10000) i;
			INSERT INTO entries
			SELECT i, 1 + i %% 10000, i %% 500, 'entry ' || i FROM generate_series(1, %d) i;
			ANALYZE""";

	/** Whom clients wait for, and what that session is doing. */
	private static final String WAITING = """
			SELECT b.application_name || ': ' || left(regexp_replace(b.query, '\\s+', ' ', 'g'), 70)
			FROM pg_stat_activity w
			CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) p (pid)
			JOIN pg_stat_activity b ON b.pid = p.pid
			WHERE w.datname = current_database() AND w.wait_event_type = 'Lock' AND w.pid <> p.pid
			LIMIT 1""";

	private static final String SIZE = "SELECT pg_size_pretty(pg_table_size('entries'))";

	private final TestDatabase database = TestDatabase.create(PostgresPrograms.server(), "template0");

	private final Map<String, ReadingClient> clients = new TreeMap<>();

	private final List<LockRetry> retries = new ArrayList<>();

	private LargeRollbackScenes() {
	}

	/**
	 * Run the scene and print what was measured.
	 * @param args how many rows
	 * @throws IOException if there is no place for the migrations
	 */
	public static void main(String[] args) throws IOException {
		new LargeRollbackScenes().rollBack((args.length > 0) ? Integer.parseInt(args[0]) : 5_000_000);
	}

	private void rollBack(int rows) throws IOException {
		Migrator migrator = migrator();
		migrator.migrate(MigrateRequest.all());
		this.database.execute(FILL.formatted(rows));
		System.out.printf("%nRollback of a table of %d rows (%s)%n", rows, this.database.query(SIZE).get(0));
		startClients();
		try (BlockedClients blocked = BlockedClients.watch(this.database, WAITING)) {
			long begin = System.nanoTime();
			MigrationReport report = migrator.rollback(Migrators.rollback(1));
			System.out.printf("  took %d ms, %d retries%n  %s%n",
					Duration.ofNanos(System.nanoTime() - begin).toMillis(), this.retries.size(),
					String.valueOf(report.backup()).replace('\n', ' '));
			this.clients.forEach(LargeRollbackScenes::print);
			System.out.println("  seen waiting for: " + blocked.seen());
		}
	}

	private Migrator migrator() throws IOException {
		MigrationFolder folder = MigrationFolder.in(Files.createTempDirectory("veza-scene"))
			.with("001_others.sql", """
					CREATE TABLE accounts (id bigint PRIMARY KEY, name text NOT NULL, balance bigint NOT NULL);
					CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL);""",
					"DROP TABLE notes; DROP TABLE accounts;")
			.with("002_entries.sql", ENTRIES, "DROP TABLE entries;");
		return Migrators.migrator(folder, this.database.dataSource(), MigratorOptions.defaults(),
				new MigrationListener() {

					@Override
					public void onLockRetry(MigrationOperation operation, LockRetry retry) {
						LargeRollbackScenes.this.retries.add(retry);
					}

				});
	}

	private void startClients() {
		start("reader of the table referred to", "SELECT name FROM accounts WHERE id = 17");
		start("another reader of it", "SELECT a.balance FROM accounts a WHERE a.id = 4711 FOR SHARE");
		start("writer of it", "UPDATE accounts SET balance = balance + 1 WHERE id = 42 RETURNING id");
		start("another writer of it", "UPDATE accounts SET balance = balance + 1 WHERE id = 43 RETURNING id");
		start("reader of an unrelated table", "SELECT count(*) FROM notes WHERE id < 100");
		start("writer of an unrelated table", "INSERT INTO notes (text) VALUES ('new') RETURNING id");
	}

	private void start(String name, String sql) {
		this.clients.put(name, ReadingClient.start(this.database, sql));
	}

	private static void print(String name, ReadingClient client) {
		client.close();
		System.out.printf("  %s: %d statements, longest wait %d ms%n", name, client.reads(),
				client.longestWait().toMillis());
	}

}
