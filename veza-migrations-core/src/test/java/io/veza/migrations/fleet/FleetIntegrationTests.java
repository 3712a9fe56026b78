package io.veza.migrations.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.veza.migrations.testsupport.FullSize;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class FleetIntegrationTests {

	private static final int REPLICAS = FullSize.or(16, 4);

	private static final int MIGRATIONS = FullSize.or(200, 40);

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path path;

	@Test
	void replicasThatStartTogetherApplyEachMigrationOnce() {
		MigrationFolder folder = folder("all", MIGRATIONS);

		List<ReplicaRun> runs = run(new Fleet(this.database).with(REPLICAS, folder));

		assertThat(runs).extracting(ReplicaRun::exitCode).containsOnly(0);
		assertThat(runs).extracting(ReplicaRun::migrations).containsOnlyOnce(MIGRATIONS).containsOnly(0, MIGRATIONS);
		assertEachAppliedOnce(MIGRATIONS);
		print(runs);
	}

	@Test
	void oldAndNewReplicasApplyEachMigrationOnce() {
		MigrationFolder old = folder("old", MIGRATIONS / 2);
		MigrationFolder all = folder("new", MIGRATIONS);

		List<ReplicaRun> runs = run(new Fleet(this.database).with(REPLICAS / 2, old).with(REPLICAS / 2, all));
		List<ReplicaRun> late = run(new Fleet(this.database).with(1, old));

		assertThat(runs).extracting(ReplicaRun::exitCode).containsOnly(0);
		assertThat(runs.stream().mapToInt(ReplicaRun::migrations).sum()).isEqualTo(MIGRATIONS);
		assertThat(late).extracting(ReplicaRun::exitCode, ReplicaRun::migrations).containsExactly(tuple(0, 0));
		assertEachAppliedOnce(MIGRATIONS);
		print(runs);
	}

	@ParameterizedTest
	@MethodSource
	void indexesAreBuiltConcurrentlyWhileOthersWait(int replicas) {
		MigrationFolder folder = folder("indexes", 1)
			.with("002_index.sql", "CREATE INDEX CONCURRENTLY proof_a ON proof (migration);",
					"DROP INDEX CONCURRENTLY proof_a;")
			.with("003_unique.sql", "CREATE UNIQUE INDEX CONCURRENTLY proof_b ON proof (migration);",
					"DROP INDEX CONCURRENTLY proof_b;")
			.with("004_swap.sql", "DROP INDEX CONCURRENTLY proof_a; REINDEX INDEX CONCURRENTLY proof_b;", "SELECT 1;");

		List<ReplicaRun> runs = run(new Fleet(this.database).with(replicas, folder));

		assertThat(runs).extracting(ReplicaRun::exitCode).containsOnly(0);
		assertThat(runs.stream().mapToInt(ReplicaRun::migrations).sum()).isEqualTo(4);
		assertThat(this.database.query("""
				SELECT c.relname, i.indisvalid
				FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
				WHERE i.indrelid = 'proof'::regclass""")).containsExactly("proof_b|t");
		print(runs);
	}

	static IntStream indexesAreBuiltConcurrentlyWhileOthersWait() {
		return IntStream.of(1, 2, FullSize.or(8, 4));
	}

	private static List<ReplicaRun> run(Fleet fleet) {
		try (fleet) {
			return fleet.run();
		}
	}

	/**
	 * Migrations that leave one trace each time one runs, and would not mind to run
	 * twice.
	 */
	private MigrationFolder folder(String name, int count) {
		MigrationFolder folder = MigrationFolder.in(this.path.resolve(name));
		for (int i = 1; i <= count; i++) {
			folder.with("%03d_table.sql".formatted(i), """
					CREATE TABLE IF NOT EXISTS proof (migration int);
					CREATE TABLE IF NOT EXISTS t%1$d (id bigint);
					INSERT INTO proof VALUES (%1$d);""".formatted(i), "DROP TABLE t" + i + ";");
		}
		return folder;
	}

	private void assertEachAppliedOnce(int count) {
		assertThat(this.database
			.query("SELECT count(*), count(DISTINCT migration), min(migration), max(migration) " + "FROM proof"))
			.containsExactly(count + "|" + count + "|1|" + count);
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations"))
			.containsExactly(String.valueOf(count));
	}

	private static void print(List<ReplicaRun> runs) {
		Instant migrated = runs.stream()
			.filter((run) -> run.migrations() > 0)
			.map(ReplicaRun::ready)
			.max(Comparator.naturalOrder())
			.orElseThrow();
		Instant last = runs.stream().map(ReplicaRun::ready).max(Comparator.naturalOrder()).orElseThrow();
		System.out.println(runs.size() + " replicas: the last one was ready "
				+ Duration.between(migrated, last).toMillis() + " ms after the one that migrated last");
	}

}
