package io.veza.migrations.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;

import io.veza.migrations.status.ServerProgress;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the progress that {@link SessionActivityInspector} shows.
 */
class ProgressIntegrationTests {

	private static final String BUILD = "CREATE INDEX slow ON numbers (pause(id))";

	private final TestDatabase database = TestDatabase.create();

	@BeforeEach
	void createTable() {
		this.database.execute("""
				CREATE TABLE numbers (id int);
				INSERT INTO numbers SELECT generate_series(1, 10000);
				CREATE FUNCTION pause(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
				BEGIN
					IF id = 5000 THEN
						PERFORM pg_advisory_xact_lock_shared(1);
					END IF;
					RETURN id;
				END $$;
				CREATE FUNCTION pausing_compare(a int, b int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
				BEGIN
					PERFORM pg_advisory_xact_lock_shared(1);
					RETURN btint4cmp(a, b);
				END $$;
				CREATE OPERATOR CLASS pausing FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,
					OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 pausing_compare(int, int);""");
	}

	@Test
	void indexBuildThatScansItsTableCountsBlocks() throws SQLException {
		try (TestSession holder = executed("SELECT pg_advisory_lock(1)"); TestSession build = executing(BUILD)) {
			ServerProgress progress = activity(build.pid(), (activity) -> activity.blockers().size() == 1).progress();

			assertThat(progress.command()).isEqualTo("CREATE INDEX");
			assertThat(progress.phase()).isEqualTo("building index: scanning table");
			assertThat(progress.unit()).isEqualTo("blocks");
			assertThat(progress.done()).isBetween(1L, progress.total() - 1);
			assertThat(this.database.query("SELECT pg_relation_size('numbers') / 8192"))
				.containsExactly(Long.toString(progress.total()));
			assertThat(holder.pid()).isPositive();
		}
	}

	@Test
	void indexBuildThatSortsCountsTuples() throws SQLException {
		try (TestSession holder = executed("SELECT pg_advisory_lock(1)");
				TestSession build = executing("CREATE INDEX slow ON numbers (id pausing)")) {
			assertThat(activity(build.pid(), (activity) -> activity.blockers().size() == 1).progress()).isEqualTo(
					new ServerProgress("CREATE INDEX", "building index: sorting live tuples", 0, 10000, "tuples"));
			assertThat(holder.pid()).isPositive();
		}
	}

	@Test
	void copyCountsBytesWithoutATotal() throws SQLException {
		byte[] rows = "123456789\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
		try (Connection connection = this.database.connect()) {
			PGConnection session = connection.unwrap(PGConnection.class);
			CopyIn copy = session.getCopyAPI().copyIn("COPY numbers FROM STDIN");
			copy.writeToCopy(rows, 0, rows.length);
			copy.flushCopy();

			SessionActivity activity = activity(session.getBackendPID(),
					(now) -> now.progress() != null && now.progress().done() >= rows.length);
			copy.cancelCopy();

			assertThat(activity.query()).isEqualTo("COPY numbers FROM STDIN");
			assertThat(activity.progress()).isEqualTo(new ServerProgress("COPY FROM", null, rows.length, 0, "bytes"));
		}
	}

	private SessionActivity activity(int pid, Predicate<SessionActivity> wanted) throws SQLException {
		try (Connection connection = this.database.connect()) {
			SessionActivityInspector inspector = new SessionActivityInspector();
			return Awaitility.await().until(() -> inspector.activity(connection, pid, false).orElseThrow(), wanted);
		}
	}

	private TestSession executed(String sql) throws SQLException {
		return TestSession.executed(this.database.dataSource(), sql);
	}

	private TestSession executing(String sql) throws SQLException {
		return TestSession.executing(this.database.dataSource(), sql);
	}

}
