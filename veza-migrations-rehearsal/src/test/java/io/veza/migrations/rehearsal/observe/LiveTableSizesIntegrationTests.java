package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.effect.LiveTableSize;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LiveTableSizesIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@AfterEach
	void drop() {
		this.database.drop();
	}

	@Test
	void sizeIsThatOfTheLastVacuumWithLargeValues() {
		this.database.execute("CREATE SCHEMA \"a b\"; CREATE TABLE \"a b\".\"T\" (id int, large text); "
				+ "ALTER TABLE \"a b\".\"T\" ALTER large SET STORAGE EXTERNAL");
		this.database.execute("INSERT INTO \"a b\".\"T\" SELECT i, repeat('x', 10000) FROM generate_series(1, 100) i");
		this.database.execute("VACUUM ANALYZE \"a b\".\"T\"");

		assertThat(read().of("\"a b\".\"T\"")).hasValueSatisfying((size) -> {
			assertThat(size.rows()).isEqualTo(100);
			assertThat(size.bytes()).isGreaterThan(1_000_000);
		});
	}

	@Test
	void tableThatWasEmptyAtTheLastAnalyzeIsEmpty() {
		this.database.execute("CREATE TABLE t (id int)");
		this.database.execute("VACUUM ANALYZE t");

		assertThat(read().of("public.t")).contains(new LiveTableSize(0, 0));
	}

	@Test
	void rowsOfATableThatWasNeverAnalyzedComeFromTheStatistics() {
		this.database.execute("CREATE TABLE t WITH (autovacuum_enabled = off) AS SELECT generate_series(1, 1000)");

		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(read().of("public.t")).contains(new LiveTableSize(1000, 32_000)));
	}

	@Test
	void tableOfWhichNothingIsKnownHasNoSize() {
		this.database.execute("CREATE TABLE t (id int)");

		assertThat(read().of("public.t")).isEmpty();
		assertThat(read().of("public.nope")).isEmpty();
	}

	@Test
	void sizeOfAPartitionedTableIsThatOfItsPartitions() {
		this.database.execute("""
				CREATE TABLE p (id int) PARTITION BY RANGE (id);
				CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);
				CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (100) TO (1000) PARTITION BY RANGE (id);
				CREATE TABLE p21 PARTITION OF p2 DEFAULT;
				INSERT INTO p SELECT generate_series(1, 300)""");
		this.database.execute("VACUUM ANALYZE p");

		LiveTableSizes sizes = read();
		assertThat(sizes.of("public.p")).contains(new LiveTableSize(300, 2 * 8192));
		assertThat(sizes.of("public.p2")).contains(new LiveTableSize(201, 8192)).isEqualTo(sizes.of("public.p21"));
	}

	@Test
	void partitionOfWhichNothingIsKnownLeavesTheSizeOpen() {
		this.database.execute("CREATE TABLE p (id int) PARTITION BY LIST (id); "
				+ "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); INSERT INTO p VALUES (1)");
		this.database.execute("VACUUM ANALYZE p1");
		this.database.execute("CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)");

		assertThat(read().of("public.p1")).isPresent();
		assertThat(read().of("public.p")).isEmpty();
	}

	@Test
	void systemTablesAreLeftOut() {
		assertThat(read().tables()).isEmpty();
	}

	@Test
	void tableThatSomebodyElseHasLockedKeepsNobodyWaiting() throws SQLException {
		this.database.execute("CREATE TABLE t (id int)");
		this.database.execute("VACUUM ANALYZE t");
		try (TestSession holder = TestSession.executed(this.database.dataSource(),
				"BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")) {
			assertThat(read().of("public.t")).isPresent();
			holder.execute("ROLLBACK");
		}
	}

	@Test
	void connectionIsLeftAsItWas() throws SQLException {
		try (Connection connection = this.database.connect()) {
			LiveTableSizes.read(new SingleConnectionDataSource(connection, true));

			assertThat(connection.getAutoCommit()).isTrue();
			assertThat(connection.isReadOnly()).isFalse();
		}
	}

	@Test
	void databaseThatCannotBeReachedIsNamedAsSuch() {
		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> LiveTableSizes.read(this.database.dataSource("nobody_here", "x")))
			.withMessageStartingWith("The real database, whose sizes a rehearsal reads, cannot be reached: ");
	}

	@Test
	void urlThatNoDriverTakesIsNotTold() {
		assertThatExceptionOfType(DatabaseUnreachableException.class).isThrownBy(
				() -> LiveTableSizes.read(new DriverManagerDataSource("jdbc:postgres://localhost/app?password=secret")))
			.withMessageContaining("no JDBC driver takes the URL")
			.withMessageNotContaining("secret");
	}

	@Test
	void sizesThatCannotBeReadAreRefused() throws SQLException {
		try (Connection connection = this.database.connect()) {
			connection.setAutoCommit(false);
			connection.createStatement().execute("SELECT 1");

			assertThatExceptionOfType(RehearsalException.class)
				.isThrownBy(() -> LiveTableSizes.read(new SingleConnectionDataSource(connection, true)))
				.withMessageStartingWith("The sizes of the tables of the real database could not be read: ")
				.withMessageEndingWith("Settle that, or rehearse without the real database.");
		}
	}

	private LiveTableSizes read() {
		return LiveTableSizes.read(this.database.dataSource());
	}

}
