package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.status.ServerProgress;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionActivityInspectorIntegrationTests {

	private static final String ALTER = "ALTER TABLE users ADD COLUMN age int";

	private static final String READER = "SET application_name = 'reader'; BEGIN;SELECT id FROM users";

	private final SessionActivityInspector inspector = new SessionActivityInspector();

	private final TestDatabase database = TestDatabase.create();

	private final DataSource superuser = this.database.dataSource();

	private Connection connection;

	@BeforeEach
	void connect() throws SQLException {
		this.database.execute("CREATE TABLE users (id int); INSERT INTO users VALUES (1)");
		this.connection = this.database.connect();
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.connection.close();
	}

	@Test
	void activityOfAWaitingSessionNamesItsBlockerAndTheLock() throws SQLException {
		try (TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			SessionActivity activity = blocked(this.connection, waiter, false);

			assertThat(activity.query()).isEqualTo(ALTER);
			assertThat(activity.waitsFor()).isEqualTo("AccessExclusiveLock on \"public.users\"");
			ServerSession blocker = activity.blockers().get(0);
			assertThat(blocker.transactionAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
			assertThat(blocker).isEqualTo(new ServerSession(reader.pid(), Kind.CLIENT, this.database.user(), "reader",
					blocker.client(), "idle in transaction", blocker.transactionAge(), false, null, null));
			assertThat(blocker.client()).isNotEmpty();
		}
	}

	@Test
	void activityShowsQueriesOfBlockersOnlyWhenAskedFor() throws SQLException {
		try (TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			assertThat(blocked(this.connection, waiter, true).blockers()).extracting(ServerSession::query)
				.containsExactly("SELECT id FROM users");
			assertThat(blocked(this.connection, waiter, false).blockers()).extracting(ServerSession::query)
				.containsOnlyNulls();
			assertThat(reader.pid()).isNotEqualTo(waiter.pid());
		}
	}

	@Test
	void activityNamesAllBlockersTheOldestFirst() throws SQLException {
		try (TestSession first = TestSession.executed(this.superuser, READER);
				TestSession second = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			assertThat(blocked(this.connection, waiter, false).blockers()).extracting(ServerSession::pid)
				.containsExactly(first.pid(), second.pid());
		}
	}

	@Test
	void activityWithoutPrivilegeSaysWhatIsHidden() throws SQLException {
		DataSource owner = owner();
		try (Connection other = owner.getConnection();
				TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(owner, ALTER)) {
			SessionActivity activity = blocked(other, waiter, true);

			assertThat(activity.query()).isEqualTo(ALTER);
			assertThat(activity.blockers()).containsExactly(new ServerSession(reader.pid(), Kind.CLIENT,
					this.database.user(), "reader", null, null, null, true, null, null));
		}
	}

	@Test
	void activityOfASessionOfAnotherUserFindsItsBlockersAllTheSame() throws SQLException {
		try (Connection other = owner().getConnection();
				TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			SessionActivity activity = blocked(other, waiter, true);

			assertThat(activity.query()).isNull();
			assertThat(activity.waitsFor()).isEqualTo("AccessExclusiveLock on \"public.users\"");
			assertThat(activity.blockers()).extracting(ServerSession::pid).containsExactly(reader.pid());
		}
	}

	@Test
	void activityNamesAPreparedTransaction() throws SQLException {
		String gid = this.database.name();
		this.database.execute("BEGIN; SELECT id FROM users; PREPARE TRANSACTION '" + gid + "'");
		this.database.execute("CREATE TABLE other (); BEGIN; SELECT FROM other; PREPARE TRANSACTION '" + gid + "_2'");
		try (TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			List<ServerSession> blockers = blocked(this.connection, waiter, true).blockers();

			Duration age = blockers.get(0).transactionAge();
			assertThat(age).isNotNull();
			assertThat(blockers).containsExactly(new ServerSession(0, Kind.PREPARED_TRANSACTION, this.database.user(),
					null, null, null, age, false, gid, null));
		}
		finally {
			this.database.execute("ROLLBACK PREPARED '" + gid + "'");
			this.database.execute("ROLLBACK PREPARED '" + gid + "_2'");
		}
	}

	@Test
	void activityOfASessionThatWaitsForARowSaysSo() throws SQLException {
		String update = "UPDATE users SET id = id";
		try (TestSession writer = TestSession.executed(this.superuser, "BEGIN; " + update);
				TestSession waiter = TestSession.executing(this.superuser, update)) {
			SessionActivity activity = blocked(this.connection, waiter, false);

			assertThat(activity.waitsFor()).isEqualTo("the end of another transaction");
			assertThat(activity.blockers()).extracting(ServerSession::pid).containsExactly(writer.pid());
		}
	}

	@Test
	void activityOfASessionThatWaitsForAnAdvisoryLockSaysSo() throws SQLException {
		try (TestSession holder = TestSession.executed(this.superuser, "SELECT pg_advisory_lock(1)");
				TestSession waiter = TestSession.executing(this.superuser, "SELECT pg_advisory_lock(1)")) {
			SessionActivity activity = blocked(this.connection, waiter, false);

			assertThat(activity.waitsFor()).isEqualTo("a lock of type \"advisory\"");
			assertThat(activity.blockers()).extracting(ServerSession::state).containsExactly("idle");
			assertThat(activity.blockers()).extracting(ServerSession::pid).containsExactly(holder.pid());
		}
	}

	@Test
	void activityOfAnIndexBuildBesideAnOldTransactionCountsTheLockers() throws SQLException {
		try (TestSession writer = TestSession.executed(this.superuser, "BEGIN; INSERT INTO users VALUES (2)");
				TestSession waiter = TestSession.executing(this.superuser,
						"CREATE INDEX CONCURRENTLY i ON users (id)")) {
			SessionActivity activity = blocked(this.connection, waiter, false);

			assertThat(activity.waitsFor()).isEqualTo("the end of an older transaction");
			assertThat(activity.blockers()).extracting(ServerSession::pid).containsExactly(writer.pid());
			assertThat(activity.progress()).isEqualTo(new ServerProgress("CREATE INDEX CONCURRENTLY",
					"waiting for writers before build", 0, 1, "lockers"));
		}
	}

	@Test
	void activityOfAnIdleSessionShowsNothing() throws SQLException {
		try (TestSession idle = TestSession.executed(this.superuser, "BEGIN; SELECT id FROM users")) {
			SessionActivity activity = this.inspector.activity(this.connection, idle.pid(), true).orElseThrow();

			assertThat(activity.query()).isNull();
			assertThat(activity.waitsFor()).isNull();
			assertThat(activity.blockers()).isEmpty();
			assertThat(activity.progress()).isNull();
		}
	}

	@Test
	void activityOfASessionThatIsGoneShowsNone() throws SQLException {
		assertThat(this.inspector.activity(this.connection, Integer.MAX_VALUE, true)).isEmpty();
	}

	@Test
	void deadlockTimeoutIsThatOfTheSession() throws SQLException {
		assertThat(this.inspector.deadlockTimeout(this.connection)).isEqualTo(Duration.ofSeconds(1));
		try (Connection other = this.database.connect()) {
			other.createStatement().execute("SET deadlock_timeout = 90500");

			assertThat(this.inspector.deadlockTimeout(other)).isEqualTo(Duration.ofMillis(90_500));
		}
	}

	private SessionActivity blocked(Connection on, TestSession waiter, boolean withQueries) throws SQLException {
		int pid = waiter.pid();
		return Awaitility.await()
			.until(() -> this.inspector.activity(on, pid, withQueries).orElseThrow(),
					(activity) -> !activity.blockers().isEmpty());
	}

	/** An ordinary role, to which the table belongs. */
	private DataSource owner() {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'; ALTER TABLE users OWNER TO " + role);
		return this.database.dataSource(role, "x");
	}

}
