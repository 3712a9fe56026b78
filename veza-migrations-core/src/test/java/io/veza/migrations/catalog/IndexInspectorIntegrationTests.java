package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.veza.migrations.ServerSession;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IndexInspectorIntegrationTests {

	private static final String BUILD = "CREATE UNIQUE INDEX CONCURRENTLY users_id ON users (id)";

	private static final String WRITER = "BEGIN; INSERT INTO users VALUES (2)";

	private final IndexInspector inspector = new IndexInspector();

	private final TestDatabase database = TestDatabase.create();

	private Connection connection;

	@BeforeEach
	void connect() throws SQLException {
		this.database.execute("CREATE TABLE users (id int, name text); INSERT INTO users VALUES (1), (1)");
		this.connection = this.database.connect();
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.connection.close();
	}

	@Test
	void indexOverDuplicatesIsInvalidAndNobodyWorksOnIt() throws SQLException {
		assertThatThrownBy(() -> this.database.execute(BUILD)).hasMessageContaining("could not create unique index");

		Set<Long> invalid = this.inspector.invalidIndexes(this.connection);

		long oid = oid("users_id");
		assertThat(invalid).containsExactly(oid);
		assertThat(this.inspector.states(this.connection, invalid))
			.containsExactly(new IndexActivity(oid, "public", "users_id", "public.users_id", false, null, null));
	}

	@Test
	void indexWhoseBuildWasCancelledIsInvalid() throws SQLException {
		try (TestSession writer = executed(WRITER)) {
			try (TestSession build = executing(BUILD)) {
				awaitIndex();
				assertThat(build.pid()).isNotEqualTo(writer.pid());
			}

			assertThat(this.inspector.find(this.connection, "users_id")).hasValueSatisfying((state) -> {
				assertThat(state.valid()).isFalse();
				assertThat(state.worker()).isNull();
			});
		}
	}

	@Test
	void indexThatIsBeingBuiltNamesWhoBuildsIt() throws SQLException {
		try (TestSession writer = executed(WRITER); TestSession build = executing(BUILD)) {
			awaitIndex();

			IndexActivity state = this.inspector.find(this.connection, "users_id").orElseThrow();

			assertThat(state.valid()).isFalse();
			assertThat(state.worker()).extracting(ServerSession::pid).isEqualTo(build.pid());
			assertThat(build.pid()).isNotEqualTo(writer.pid());
		}
	}

	@Test
	void readersAndWritersOfATableDoNotWorkOnItsIndexes() throws SQLException {
		this.database.execute("CREATE INDEX users_name ON users (name)");
		try (TestSession writer = executed(WRITER);
				TestSession reader = executed("BEGIN; SELECT id FROM users WHERE name = 'x'")) {
			assertThat(this.inspector.find(this.connection, "users_name")).hasValueSatisfying((state) -> {
				assertThat(state.valid()).isTrue();
				assertThat(state.worker()).isNull();
			});
			assertThat(reader.pid()).isNotEqualTo(writer.pid());
		}
	}

	@Test
	void sessionThatAsksDoesNotCountAsWorker() throws SQLException {
		this.database.execute("CREATE INDEX users_name ON users (name)");
		this.connection.createStatement().execute("BEGIN; LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE");

		assertThat(this.inspector.find(this.connection, "users_name").orElseThrow().worker()).isNull();
		try (Connection other = this.database.connect()) {
			assertThat(this.inspector.find(other, "users_name").orElseThrow().worker()).isNotNull();
		}
	}

	@Test
	void partitionedIndexWithoutAllItsPartitionsIsNotInvalid() throws SQLException {
		this.database.execute("""
				CREATE TABLE events (at int) PARTITION BY RANGE (at);
				CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
				CREATE INDEX events_at ON ONLY events (at)""");

		assertThat(this.database.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).containsExactly("1");
		assertThat(this.inspector.invalidIndexes(this.connection)).isEmpty();
		assertThat(this.inspector.indexesOf(this.connection, "events")).hasSize(1);
	}

	@Test
	void indexesOfATableAreItsOwnAndThatOfItsToastTable() throws SQLException {
		this.database.execute("CREATE INDEX users_name ON users (name); CREATE TABLE other (id int PRIMARY KEY)");
		String toast = this.database.query("SELECT 'pg_toast.pg_toast_' || 'users'::regclass::oid || '_index'").get(0);

		assertThat(this.inspector.indexesOf(this.connection, "Public . users"))
			.containsExactlyInAnyOrder(oid("users_name"), oid(toast));
		assertThat(this.inspector.indexesOf(this.connection, "nowhere")).isEmpty();
	}

	@Test
	void leftoverOfARebuildIsInvalidAlsoOfAToastTable() throws SQLException {
		try (TestSession writer = executed("BEGIN; INSERT INTO users VALUES (2, repeat(md5('x'), 9))");
				TestSession build = executing("REINDEX TABLE CONCURRENTLY users")) {
			Awaitility.await().until(() -> !this.inspector.invalidIndexes(this.connection).isEmpty());

			List<IndexActivity> states = this.inspector.states(this.connection,
					this.inspector.invalidIndexes(this.connection));

			assertThat(states).allSatisfy((state) -> {
				assertThat(state.schema()).isEqualTo("pg_toast");
				assertThat(state.name()).endsWith("_index_ccnew");
				assertThat(state.worker()).extracting(ServerSession::pid).isEqualTo(build.pid());
			});
			assertThat(build.pid()).isNotEqualTo(writer.pid());
		}
	}

	@Test
	void indexOfAConstraintNamesIt() throws SQLException {
		this.database.execute("""
				CREATE TABLE other (id int CONSTRAINT "The Key" PRIMARY KEY);
				CREATE TABLE referring (other_id int CONSTRAINT not_me REFERENCES other)""");

		IndexActivity state = this.inspector.find(this.connection, "\"The Key\"", "other").orElseThrow();

		assertThat(state.constraint()).isEqualTo("The Key");
		assertThat(state.qualifiedName()).isEqualTo("public.\"The Key\"");
	}

	@Test
	void indexIsFoundInTheSchemaOfItsTable() throws SQLException {
		this.database.execute("""
				CREATE SCHEMA "Odd"; CREATE TABLE "Odd"."T" (id int); CREATE INDEX I ON "Odd"."T" (id);
				CREATE INDEX i ON users (name)""");

		assertThat(this.inspector.find(this.connection, "I", "\"Odd\".\"T\"")).map(IndexActivity::schema)
			.hasValue("Odd");
		assertThat(this.inspector.find(this.connection, "i", "users")).map(IndexActivity::schema).hasValue("public");
		assertThat(this.inspector.find(this.connection, "i")).map(IndexActivity::schema).hasValue("public");
		this.connection.createStatement().execute("SET search_path = \"Odd\"");
		assertThat(this.inspector.find(this.connection, "i")).map(IndexActivity::schema).hasValue("Odd");
		assertThat(this.inspector.find(this.connection, "i", "users")).isEmpty();
	}

	@Test
	void longNameIsCutAsPostgresqlCutsIt() throws SQLException {
		String name = "x".repeat(70);
		this.database.execute("CREATE INDEX " + name + " ON users (name)");

		assertThat(this.inspector.find(this.connection, name, "users")).map(IndexActivity::name)
			.hasValue("x".repeat(63));
		assertThat(this.inspector.find(this.connection, name)).isPresent();
	}

	private void awaitIndex() {
		Awaitility.await().until(() -> this.inspector.find(this.connection, "users_id", "users").isPresent());
	}

	private long oid(String index) {
		return Long.parseLong(this.database.query("SELECT '" + index + "'::regclass::oid").get(0));
	}

	private TestSession executed(String sql) throws SQLException {
		return TestSession.executed(this.database.dataSource(), sql);
	}

	private TestSession executing(String sql) throws SQLException {
		return TestSession.executing(this.database.dataSource(), sql);
	}

}
