package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuspectRowReaderIntegrationTests {

	private TestDatabase database;

	@BeforeAll
	void createDatabase() {
		this.database = TestDatabase.create();
	}

	@AfterAll
	void dropDatabase() {
		this.database.drop();
	}

	@BeforeEach
	void createTable() {
		this.database.execute("DROP TABLE IF EXISTS \"T %s?\", t; CREATE TABLE t (id int, v text)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann@example.com", "a@mail.EXAMPLE.org", "test@veza.io", "test1@veza.io", "ann@test.io",
			"Test User", "test_user2", "John Doe", "Ms Jane Doe", "foo", "Bar", "FOOBAR", "Lorem ipsum dolor", "asdf",
			"asdfgh", "qwerty1", "555-0100", "+1 212 555 0123", "test123", "my test-123", "test", "TEST", "Test room" })
	void valueThatLooksLikeTestIsFound(String value) throws SQLException {
		assertThat(isSuspect(value)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "latest", "contest", "testing_enabled", "tested", "attest@veza.io", "ann@latest.io",
			"ann@examples.com", "example.com", "Johnny Doering", "food", "barista", "crowbar", "password",
			"password_reset", "Forgot password?", "5550100", "1555-01000", "a test", "testament", "contest123", "" })
	void otherValueIsNotFound(String value) throws SQLException {
		assertThat(isSuspect(value)).isFalse();
	}

	@Test
	void everyKindOfTextIsLookedAt() throws SQLException {
		String xid = xid();
		this.database.execute(
				"""
						CREATE TABLE "T %s?" (a varchar(90), "b'\\ %?" char(90), c json, d jsonb, e text, f bytea);
						INSERT INTO "T %s?" VALUES ('test', 'test', '{"a": "test@x.io"}', '{"a": "x@example.org"}', NULL, 'test')""");

		assertThat(read(Set.of("public.\"T %s?\""), xid)).extracting(SuspectRow::table, SuspectRow::column)
			.containsExactly(tuple("public.\"T %s?\"", "a"), tuple("public.\"T %s?\"", "b'\\ %?"),
					tuple("public.\"T %s?\"", "c"), tuple("public.\"T %s?\"", "d"));
	}

	@Test
	void rowsThatWereThereAreNotLookedAt() throws SQLException {
		this.database.execute("INSERT INTO t VALUES (1, 'test')");
		String xid = xid();
		this.database.execute("INSERT INTO t VALUES (2, 'test 2')");

		assertThat(read(Set.of("public.t"), xid)).containsExactly(new SuspectRow("public.t", "v", "test 2"));
	}

	@Test
	void fewRowsAreNamedAndLongValuesCut() throws SQLException {
		String xid = xid();
		this.database.execute("INSERT INTO t SELECT n, 'test ' || repeat('x', 100) FROM generate_series(1, 9) n");

		assertThat(read(Set.of("public.t"), xid)).hasSize(5)
			.allMatch((row) -> row.value().equals("test " + "x".repeat(55)));
	}

	@Test
	void whatIsNoTableIsLeftOut() throws SQLException {
		assertThat(read(Set.of("public.gone", "pg_catalog.pg_views"), xid())).isEmpty();
	}

	@Test
	void connectionGoesBackAsItCame() throws SQLException {
		try (Connection observer = this.database.connect()) {
			SuspectRowReader.read(observer, Set.of("public.t"), xid());

			assertThat(observer.getAutoCommit()).isTrue();
			try (ResultSet row = observer.createStatement().executeQuery("SHOW row_security")) {
				assertThat(row.next()).isTrue();
				assertThat(row.getString(1)).isEqualTo("on");
			}
		}
	}

	private boolean isSuspect(String value) throws SQLException {
		String xid = xid();
		try (Connection connection = this.database.connect();
				PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (1, ?)")) {
			insert.setString(1, value);
			insert.execute();
		}
		return !read(Set.of("public.t"), xid).isEmpty();
	}

	private String xid() {
		return this.database.query("SELECT pg_current_xact_id()::xid").get(0);
	}

	private List<SuspectRow> read(Set<String> tables, String xid) throws SQLException {
		try (Connection observer = this.database.connect()) {
			return SuspectRowReader.read(observer, tables, xid);
		}
	}

}
