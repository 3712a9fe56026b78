package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectInspectorIntegrationTests {

	private final ObjectInspector inspector = new ObjectInspector();

	private final TestDatabase database = TestDatabase.create();

	private Connection connection;

	@BeforeEach
	void connect() throws SQLException {
		this.connection = this.database.connect();
		this.database.execute("""
				CREATE TABLE events (at int) PARTITION BY RANGE (at);
				CREATE TABLE "Events 1" PARTITION OF events FOR VALUES FROM (1) TO (2);
				CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (2) TO (3);""");
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.connection.close();
	}

	@Test
	void detachThatWasCancelledIsPendingUntilFinalized() throws SQLException {
		try (TestSession reader = TestSession.executed(this.database.dataSource(), "BEGIN; SELECT at FROM events");
				TestSession detach = TestSession.executing(this.database.dataSource(),
						"ALTER TABLE events DETACH PARTITION \"Events 1\" CONCURRENTLY")) {
			Awaitility.await().until(() -> isDetachPending("\"Events 1\""));
			assertThat(detach.pid()).isNotEqualTo(reader.pid());
		}
		assertThat(isDetachPending("\"Events 1\"")).isTrue();
		assertThat(isDetachPending("events_2")).isFalse();
		assertThat(this.inspector.isPartition(this.connection, "events", "\"Events 1\"")).isTrue();

		this.database.execute("ALTER TABLE events DETACH PARTITION \"Events 1\" FINALIZE");

		assertThat(isDetachPending("\"Events 1\"")).isFalse();
		assertThat(this.inspector.isPartition(this.connection, "events", "\"Events 1\"")).isFalse();
	}

	@Test
	void childIsNoPartitionAndPartitionIsOneOfItsOwnTableOnly() throws SQLException {
		this.database.execute("CREATE TABLE parent (); CREATE TABLE child () INHERITS (parent)");

		assertThat(this.inspector.isPartition(this.connection, "EVENTS", "public.events_2")).isTrue();
		assertThat(this.inspector.isPartition(this.connection, "parent", "events_2")).isFalse();
		assertThat(this.inspector.isPartition(this.connection, "parent", "child")).isFalse();
		assertThat(this.inspector.isPartition(this.connection, "events", "nowhere")).isFalse();
	}

	@Test
	void databasesAreFoundByTheirNames() throws SQLException {
		assertThat(this.inspector.databaseExists(this.connection, this.database.name().toUpperCase(Locale.ROOT)))
			.isTrue();
		assertThat(this.inspector.databaseExists(this.connection, "\"" + this.database.name() + "\"")).isTrue();
		assertThat(this.inspector.databaseExists(this.connection, "\"POSTGRES\"")).isFalse();
	}

	@Test
	void tablespacesAreFoundByTheirNames() throws SQLException {
		assertThat(this.inspector.tablespaceExists(this.connection, "PG_Default")).isTrue();
		assertThat(this.inspector.tablespaceExists(this.connection, "nowhere")).isFalse();
	}

	@Test
	void subscriptionsAreFoundInTheirDatabaseOnly() throws SQLException {
		String create = "CREATE SUBSCRIPTION \"My Sub\" CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false)";
		this.database.execute(create);
		try (Connection other = TestDatabase.create().connect()) {
			assertThat(this.inspector.subscriptionExists(this.connection, "\"My Sub\"")).isTrue();
			assertThat(this.inspector.subscriptionExists(other, "\"My Sub\"")).isFalse();
		}
		finally {
			this.database.execute("ALTER SUBSCRIPTION \"My Sub\" SET (slot_name = NONE)");
			this.database.execute("DROP SUBSCRIPTION \"My Sub\"");
		}
	}

	private boolean isDetachPending(String partition) throws SQLException {
		return this.inspector.isDetachPending(this.connection, "events", partition);
	}

}
