package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.ServerProgress;
import io.veza.migrations.ServerSession;
import io.veza.migrations.ServerSession.Kind;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionInspectorIntegrationTests {

	private static final String ALTER = "ALTER TABLE users ADD COLUMN age int";

	private static final String READER = "SET application_name = 'reader'; BEGIN;SELECT id FROM users";

	private final SessionInspector inspector = new SessionInspector();

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
	void lookAtAWaitingSessionNamesItsBlockerAndTheLock() throws SQLException {
		try (TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			SessionPicture picture = blocked(this.connection, waiter, false);

			assertThat(picture.query()).isEqualTo(ALTER);
			assertThat(picture.waitsFor()).isEqualTo("AccessExclusiveLock on \"public.users\"");
			ServerSession blocker = picture.blockers().get(0);
			assertThat(blocker.transactionAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
			assertThat(blocker).isEqualTo(new ServerSession(reader.pid(), Kind.CLIENT, this.database.user(), "reader",
					blocker.client(), "idle in transaction", blocker.transactionAge(), false, null, null));
			assertThat(blocker.client()).isNotEmpty();
		}
	}

	@Test
	void lookShowsQueriesOfBlockersOnlyWhenAskedFor() throws SQLException {
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
	void lookNamesAllBlockersTheOldestFirst() throws SQLException {
		try (TestSession first = TestSession.executed(this.superuser, READER);
				TestSession second = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			assertThat(blocked(this.connection, waiter, false).blockers()).extracting(ServerSession::pid)
				.containsExactly(first.pid(), second.pid());
		}
	}

	@Test
	void lookWithoutPrivilegeSaysWhatIsHidden() throws SQLException {
		DataSource owner = owner();
		try (Connection other = owner.getConnection();
				TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(owner, ALTER)) {
			SessionPicture picture = blocked(other, waiter, true);

			assertThat(picture.query()).isEqualTo(ALTER);
			assertThat(picture.blockers()).containsExactly(new ServerSession(reader.pid(), Kind.CLIENT,
					this.database.user(), "reader", null, null, null, true, null, null));
		}
	}

	@Test
	void lookAtASessionOfAnotherUserFindsItsBlockersAllTheSame() throws SQLException {
		try (Connection other = owner().getConnection();
				TestSession reader = TestSession.executed(this.superuser, READER);
				TestSession waiter = TestSession.executing(this.superuser, ALTER)) {
			SessionPicture picture = blocked(other, waiter, true);

			assertThat(picture.query()).isNull();
			assertThat(picture.waitsFor()).isEqualTo("AccessExclusiveLock on \"public.users\"");
			assertThat(picture.blockers()).extracting(ServerSession::pid).containsExactly(reader.pid());
		}
	}

	@Test
	void lookNamesAPreparedTransaction() throws SQLException {
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
	void lookAtASessionThatWaitsForARowSaysSo() throws SQLException {
		String update = "UPDATE users SET id = id";
		try (TestSession writer = TestSession.executed(this.superuser, "BEGIN; " + update);
				TestSession waiter = TestSession.executing(this.superuser, update)) {
			SessionPicture picture = blocked(this.connection, waiter, false);

			assertThat(picture.waitsFor()).isEqualTo("the end of another transaction");
			assertThat(picture.blockers()).extracting(ServerSession::pid).containsExactly(writer.pid());
		}
	}

	@Test
	void lookAtASessionThatWaitsForAnAdvisoryLockSaysSo() throws SQLException {
		try (TestSession holder = TestSession.executed(this.superuser, "SELECT pg_advisory_lock(1)");
				TestSession waiter = TestSession.executing(this.superuser, "SELECT pg_advisory_lock(1)")) {
			SessionPicture picture = blocked(this.connection, waiter, false);

			assertThat(picture.waitsFor()).isEqualTo("a lock of type \"advisory\"");
			assertThat(picture.blockers()).extracting(ServerSession::state).containsExactly("idle");
			assertThat(picture.blockers()).extracting(ServerSession::pid).containsExactly(holder.pid());
		}
	}

	@Test
	void lookAtAnIndexBuildBesideAnOldTransactionCountsTheLockers() throws SQLException {
		try (TestSession writer = TestSession.executed(this.superuser, "BEGIN; INSERT INTO users VALUES (2)");
				TestSession waiter = TestSession.executing(this.superuser,
						"CREATE INDEX CONCURRENTLY i ON users (id)")) {
			SessionPicture picture = blocked(this.connection, waiter, false);

			assertThat(picture.waitsFor()).isEqualTo("the end of an older transaction");
			assertThat(picture.blockers()).extracting(ServerSession::pid).containsExactly(writer.pid());
			assertThat(picture.progress()).isEqualTo(new ServerProgress("CREATE INDEX CONCURRENTLY",
					"waiting for writers before build", 0, 1, "lockers"));
		}
	}

	@Test
	void lookAtAnIdleSessionShowsNothing() throws SQLException {
		try (TestSession idle = TestSession.executed(this.superuser, "BEGIN; SELECT id FROM users")) {
			SessionPicture picture = this.inspector.look(this.connection, idle.pid(), true).orElseThrow();

			assertThat(picture.query()).isNull();
			assertThat(picture.waitsFor()).isNull();
			assertThat(picture.blockers()).isEmpty();
			assertThat(picture.progress()).isNull();
		}
	}

	@Test
	void lookAtASessionThatIsGoneShowsNone() throws SQLException {
		assertThat(this.inspector.look(this.connection, Integer.MAX_VALUE, true)).isEmpty();
	}

	@Test
	void deadlockTimeoutIsThatOfTheSession() throws SQLException {
		assertThat(this.inspector.deadlockTimeout(this.connection)).isEqualTo(Duration.ofSeconds(1));
		try (Connection other = this.database.connect()) {
			other.createStatement().execute("SET deadlock_timeout = 90500");

			assertThat(this.inspector.deadlockTimeout(other)).isEqualTo(Duration.ofMillis(90_500));
		}
	}

	private SessionPicture blocked(Connection on, TestSession waiter, boolean withQueries) throws SQLException {
		int pid = waiter.pid();
		return Awaitility.await()
			.until(() -> this.inspector.look(on, pid, withQueries).orElseThrow(),
					(picture) -> !picture.blockers().isEmpty());
	}

	/** An ordinary role, to which the table belongs. */
	private DataSource owner() {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'; ALTER TABLE users OWNER TO " + role);
		return this.database.dataSource(role, "x");
	}

}
