package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.catalog.MigratorObjects;
import io.veza.migrations.catalog.SnapshotQuery;
import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CreatedObjectReaderIntegrationTests {

	private static final MigratorObjects OWN = new MigratorObjects("public", Set.of("schema_migrations"), Set.of(),
			"veza_backup");

	private final TestDatabase database = TestDatabase.create();

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void oneOfEachKindIsSeen() throws SQLException {
		List<CreatedObject> created = created("""
				CREATE SCHEMA "S a";
				CREATE TABLE "S a"."T.b" ("Co""l" int);
				CREATE VIEW v AS SELECT 1 AS x;
				CREATE MATERIALIZED VIEW m AS SELECT 1 AS x;
				CREATE SEQUENCE s;
				CREATE TYPE mood AS ENUM ('a');
				CREATE DOMAIN d AS text;
				CREATE FUNCTION "f n"(double precision, "S a"."T.b") RETURNS int LANGUAGE sql AS 'SELECT 1';
				CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
				CREATE PROCEDURE p() LANGUAGE sql AS '';
				CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
				CREATE TRIGGER tr BEFORE UPDATE ON "S a"."T.b" FOR EACH ROW EXECUTE FUNCTION touch()""");

		assertThat(created).extracting((object) -> object.kind() + " " + object.identity() + " " + object.name())
			.containsExactlyInAnyOrder("SCHEMA \"S a\" S a", "TABLE \"S a\".\"T.b\" T.b",
					"COLUMN \"S a\".\"T.b\".\"Co\"\"l\" Co\"l", "VIEW public.v v", "MATERIALIZED_VIEW public.m m",
					"SEQUENCE public.s s", "TYPE public.mood mood", "TYPE public.d d",
					"ROUTINE public.\"f n\"(double precision, \"S a\".\"T.b\") f n", "ROUTINE public.touch() touch",
					"ROUTINE public.p() p", "ROUTINE public.total(integer) total", "TRIGGER \"S a\".\"T.b\".tr tr");
	}

	@Test
	void columnsHaveTheirKindAndType() throws SQLException {
		List<CreatedObject> created = created("""
				CREATE TABLE t (id serial PRIMARY KEY, at timestamp(3), code char(2)[], number bigserial,
					given bigint GENERATED ALWAYS AS IDENTITY);
				CREATE TABLE other (a smallint REFERENCES t, b bigint, c text DEFAULT 'x', PRIMARY KEY (a, b))""");

		assertThat(created).filteredOn((object) -> object.kind().isColumn())
			.extracting((object) -> object.kind() + " " + object.identity() + " " + object.type())
			.containsExactlyInAnyOrder("SERIAL_KEY_COLUMN public.t.id integer",
					"COLUMN public.t.at timestamp(3) without time zone", "COLUMN public.t.code character(2)[]",
					"SERIAL_COLUMN public.t.number bigint", "COLUMN public.t.given bigint",
					"COLUMN public.other.a smallint", "KEY_COLUMN public.other.b bigint", "COLUMN public.other.c text");
	}

	@Test
	void onlyWhatIsNewIsSeen() throws SQLException {
		this.database.execute("CREATE TABLE t (id int); CREATE INDEX idx_t_id ON t (id)");

		assertThat(
				created("ALTER TABLE t ADD COLUMN other text; COMMENT ON TABLE t IS 'x'; GRANT SELECT ON t TO PUBLIC"))
			.containsExactly(new CreatedObject(Kind.COLUMN, "public.t.other", "public.t", "t", "other", "text",
					List.of(), false, false, false, false));
	}

	@Test
	void nothingNewAsksNothing() throws SQLException {
		Connection closed = this.database.connect();
		closed.close();

		assertThat(
				CreatedObjectReader.read(closed,
						List.of(new CatalogDifference("table", "public.t", "public.t", "TABLE", null),
								new CatalogDifference("owner", "table public.u", "public.u", null, "postgres"))))
			.isEmpty();
	}

	@Test
	void indexesHaveTheirColumns() throws SQLException {
		List<CreatedObject> created = created("""
				CREATE TABLE users (id bigint, email text, active boolean);
				CREATE UNIQUE INDEX a ON users (email, id) INCLUDE (active);
				CREATE INDEX b ON users (lower(email), id);
				CREATE INDEX c ON users (email) WHERE active""");

		assertThat(created).filteredOn((object) -> object.kind() == Kind.INDEX)
			.containsExactly(
					new CreatedObject(Kind.INDEX, "public.a", "public.users", "users", "a", null,
							List.of("email", "id"), true, true, false, false),
					new CreatedObject(Kind.INDEX, "public.b", "public.users", "users", "b", null,
							List.of("lower", "id"), false, false, false, false),
					new CreatedObject(Kind.INDEX, "public.c", "public.users", "users", "c", null, List.of("email"),
							false, false, false, false));
	}

	@Test
	void namesThatPostgresChoosesAreRecognised() throws SQLException {
		String table = "a_table_with_a_name_that_is_as_long_as_it_can_be_in_this_server";
		List<CreatedObject> created = created("""
				CREATE TABLE $table (id bigint PRIMARY KEY, email_address_of_the_owner text UNIQUE, n int CHECK (n > 0),
					span int4range, UNIQUE (id, n) INCLUDE (span), CHECK (n > 1), CHECK (n > id),
					EXCLUDE USING gist (span WITH &&), FOREIGN KEY (n) REFERENCES $table (id));
				CREATE INDEX ON $table (lower(email_address_of_the_owner), n) INCLUDE (id);
				CREATE INDEX ON $table (lower(email_address_of_the_owner), n) INCLUDE (id);
				CREATE UNIQUE INDEX ON $table ((n + 1))""".replace("$table", table));

		assertThat(created).filteredOn((object) -> object.kind() == Kind.INDEX || object.kind() == Kind.CONSTRAINT)
			.hasSize(11)
			.allMatch(CreatedObject::generatedName);
	}

	@Test
	void namesThatPeopleChooseAreRecognised() throws SQLException {
		List<CreatedObject> created = created("""
				CREATE TABLE t (id bigint CONSTRAINT t_pk PRIMARY KEY, n int CONSTRAINT n_unique UNIQUE,
					CONSTRAINT positive CHECK (n > 0), CONSTRAINT self FOREIGN KEY (n) REFERENCES t (id));
				CREATE INDEX t_of_n ON t (n)""");

		assertThat(created).filteredOn((object) -> object.kind() == Kind.INDEX || object.kind() == Kind.CONSTRAINT)
			.extracting((object) -> object.name() + " " + object.unique() + " " + object.generatedName() + " "
					+ object.columns())
			.containsExactlyInAnyOrder("t_pk false false [id]", "n_unique true false [n]", "positive false false [n]",
					"self false false [n]", "t_of_n false false [n]");
	}

	@Test
	void whatPartitionsInheritIsLeftOut() throws SQLException {
		this.database.execute(
				"""
						CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
						CREATE TABLE e (id int PRIMARY KEY, n int CONSTRAINT positive CHECK (n > 0) REFERENCES e, UNIQUE (id, n))
							PARTITION BY RANGE (id);
						CREATE INDEX idx_e_n ON e (n);
						CREATE TRIGGER tr AFTER UPDATE ON e FOR EACH ROW EXECUTE FUNCTION touch()""");

		assertThat(created("CREATE TABLE e_1 PARTITION OF e FOR VALUES FROM (1) TO (9)"))
			.extracting(CreatedObject::identity)
			.containsExactly("public.e_1");
	}

	@Test
	void reservedWordsAreRecognised() throws SQLException {
		List<CreatedObject> created = created("""
				CREATE TABLE "user" ("order" int, name text, "like" text, "Select" text);
				CREATE FUNCTION "left"(int) RETURNS int LANGUAGE sql AS 'SELECT 1'""");

		assertThat(created).filteredOn(CreatedObject::reserved)
			.extracting(CreatedObject::identity)
			.containsExactlyInAnyOrder("public.\"user\"", "public.\"user\".\"order\"", "public.\"user\".\"like\"",
					"public.\"user\".\"Select\"");
	}

	private List<CreatedObject> created(String up) throws SQLException {
		try (Connection observer = this.database.connect(); Statement statement = observer.createStatement()) {
			statement.execute("SET search_path = pg_catalog");
			Map<List<String>, String> before = snapshot(statement);
			this.database.execute(up);
			List<CatalogDifference> changes = new ArrayList<>();
			snapshot(statement).forEach((key, definition) -> {
				if (!definition.equals(before.get(key))) {
					changes.add(new CatalogDifference(key.get(0), key.get(1), key.get(2), before.get(key), definition));
				}
			});
			return CreatedObjectReader.read(observer, changes);
		}
	}

	private static Map<List<String>, String> snapshot(Statement statement) throws SQLException {
		Map<List<String>, String> rows = new LinkedHashMap<>();
		try (ResultSet row = statement.executeQuery(new SnapshotQuery(OWN).sql() + " ORDER BY kind, identity")) {
			while (row.next()) {
				rows.put(Arrays.asList(row.getString("kind"), row.getString("identity"), row.getString("relation")),
						row.getString("definition"));
			}
		}
		return rows;
	}

}
