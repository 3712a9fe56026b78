package io.veza.migrations.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class SnapshotQueryIntegrationTests {

	@Test
	void equalSchemasOfTwoDatabasesAreTheSame() throws SQLException {
		TestDatabase other = TestDatabase.create();
		other.execute("CREATE TABLE t (id serial, x text); DROP TABLE t; CREATE TYPE t AS ENUM ('a'); DROP TYPE t");
		other.execute(OneOfEverything.script());

		try (Connection connection = other.connect()) {
			assertThat(Snapshot.take(connection)).isEqualTo(OneOfEverything.snapshot());
		}
	}

	@Test
	void whatIsDroppedAndCreatedAgainIsTheSame() {
		String recreated = """
				DROP TABLE "We""ird Näme"."T.able" CASCADE;
				CREATE TABLE "We""ird Näme"."T.able" (
					"Ke""y" serial PRIMARY KEY,
					user_id bigint CONSTRAINT "Fo.reign" REFERENCES users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
				);
				COMMENT ON SEQUENCE "We""ird Näme"."T.able_Ke""y_seq" IS 'numbers';
				CREATE VIEW "We""ird Näme"."Vi.ew" AS SELECT * FROM "We""ird Näme"."T.able";
				CREATE FUNCTION "We""ird Näme"."f n"("We""ird Näme"."T.able") RETURNS int LANGUAGE sql AS 'SELECT 1';
				ALTER TABLE events DETACH PARTITION events_rest;
				ALTER TABLE events ATTACH PARTITION events_rest DEFAULT;
				ALTER TABLE events_rest DISABLE TRIGGER touched""";

		assertThat(
				OneOfEverything.changes("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;" + recreated))
			.containsExactly("- default privileges functions of postgres");
	}

	@Test
	void roleWithoutPrivilegesSeesTheSame() throws SQLException {
		TestDatabase database = OneOfEverything.create();
		String role = "role_of_" + database.name();
		database.execute("CREATE ROLE " + role
				+ " LOGIN PASSWORD 'x'; REVOKE ALL ON SCHEMA public, \"We\"\"ird Näme\" FROM PUBLIC");

		try (Connection connection = database.dataSource(role, "x").getConnection();
				Connection superuser = database.connect()) {
			assertThat(Snapshot.take(connection)).isEqualTo(Snapshot.take(superuser));
		}
	}

	@Test
	void settingsOfTheSessionChangeNothing() throws SQLException {
		TestDatabase database = OneOfEverything.database();
		Properties properties = new Properties();
		properties.setProperty("user", database.user());
		properties.setProperty("password", database.password());
		properties.setProperty("options", "-c search_path=public -c quote_all_identifiers=on -c intervalstyle=iso_8601"
				+ " -c extra_float_digits=-5 -c bytea_output=escape -c standard_conforming_strings=off");

		try (Connection connection = DriverManager.getConnection(database.url(), properties);
				Statement statement = connection.createStatement()) {
			statement.execute("SET timezone = 'Asia/Kolkata'; SET datestyle = 'ISO, DMY'");
			assertThat(Snapshot.take(connection)).isEqualTo(OneOfEverything.snapshot());
		}
	}

	@Test
	void queryCanBePartOfAnother() {
		String query = "WITH snapshot AS MATERIALIZED (" + new SnapshotQuery(Snapshot.OWN).sql() + ")"
				+ " SELECT s.kind || s.identity FROM snapshot s FULL JOIN (VALUES ('table', 'public.users')) v (kind, identity)"
				+ " ON s.kind = v.kind AND s.identity = v.identity WHERE v.kind IS NOT NULL";

		assertThat(OneOfEverything.database().query(query)).containsExactly("tablepublic.users");
	}

	@Test
	void whatIsOursIsLeftOut() {
		String ours = """
				CREATE TABLE schema_migrations (id serial PRIMARY KEY, a text UNIQUE, at int4range DEFAULT NULL);
				CREATE INDEX ON schema_migrations (at);
				CREATE TABLE "It's \\ours""\" (id bigint GENERATED ALWAYS AS IDENTITY REFERENCES schema_migrations);
				COMMENT ON COLUMN schema_migrations.a IS 'x';
				CREATE FUNCTION veza_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
				CREATE TRIGGER keep BEFORE INSERT ON schema_migrations FOR EACH ROW EXECUTE FUNCTION veza_keep();
				CREATE STATISTICS of_ours ON id, a FROM schema_migrations;
				ALTER PUBLICATION news ADD TABLE schema_migrations;
				CREATE SCHEMA veza_backup;
				CREATE TABLE veza_backup.users AS SELECT 1 AS x;
				ALTER DEFAULT PRIVILEGES IN SCHEMA veza_backup GRANT SELECT ON TABLES TO PUBLIC;
				GRANT SELECT ON schema_migrations, veza_backup.users TO PUBLIC""";

		assertThat(OneOfEverything.changes(ours)).isEmpty();
	}

	@Test
	void whatIsNamedLikeOursInAnotherSchemaIsThere() {
		assertThat(OneOfEverything.changes("CREATE SCHEMA app; CREATE TABLE app.schema_migrations ()")).containsExactly(
				"+ owner schema app", "+ owner table app.schema_migrations", "+ schema app",
				"+ table app.schema_migrations");
	}

	@Test
	void whatIsTemporaryIsLeftOut() {
		String temporary = """
				CREATE TEMPORARY TABLE users (id serial PRIMARY KEY, name text);
				CREATE TEMPORARY VIEW adults AS SELECT 1 AS x;
				CREATE TEMPORARY SEQUENCE counter;
				CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
				CREATE TYPE pg_temp.mood AS ENUM ('a')""";

		assertThat(OneOfEverything.changes(temporary)).isEmpty();
	}

	@Test
	void ofAnExtensionOnlyTheExtensionIsThere() {
		List<String> changes = OneOfEverything.changes("""
				CREATE SCHEMA ext;
				CREATE EXTENSION hstore SCHEMA ext;
				CREATE EXTENSION pg_trgm SCHEMA ext;
				CREATE EXTENSION btree_gist SCHEMA ext;
				CREATE EXTENSION postgres_fdw SCHEMA ext""");

		assertThat(changes).hasSize(14)
			.contains("+ comment extension hstore", "+ extension hstore", "+ owner extension hstore", "+ schema ext")
			.allMatch((change) -> change.contains(" extension ") || change.endsWith("schema ext"));
	}

	@Test
	void whatBelongsToTableOfExtensionIsLeftOut() {
		assertThat(OneOfEverything.changes("""
				CREATE TABLE member (id serial PRIMARY KEY, x int UNIQUE);
				CREATE VIEW seen AS SELECT 1 AS x;
				ALTER EXTENSION plpgsql ADD TABLE member;
				ALTER EXTENSION plpgsql ADD VIEW seen;
				CREATE INDEX ON member (x);
				COMMENT ON TABLE member IS 'x';
				GRANT SELECT ON member TO PUBLIC""")).isEmpty();
	}

	@Test
	void secretsInOptionsAreHidden() {
		Snapshot snapshot = OneOfEverything.snapshot();

		assertThat(snapshot.definition("server far")).isEqualTo(
				"FOREIGN DATA WRAPPER wrapper OPTIONS (api_key (hidden), host 'h', url 'https://(hidden)@host/x')");
		assertThat(snapshot.definitions().values()).noneMatch((definition) -> definition.contains("hush"));
	}

	@Test
	void identityOfPartitionIsThatOfItsTable() {
		assumeThat(OneOfEverything.serverVersion()).isGreaterThanOrEqualTo(17);

		Snapshot snapshot = OneOfEverything.takeAfter("""
				CREATE TABLE whole (id int GENERATED ALWAYS AS IDENTITY, k int) PARTITION BY LIST (k);
				CREATE TABLE part PARTITION OF whole FOR VALUES IN (1)""");

		assertThat(snapshot.definition("column public.part.id"))
			.isEqualTo("integer NOT NULL GENERATED ALWAYS AS IDENTITY");
		assertThat(snapshot.definition("column public.whole.id"))
			.contains("(SEQUENCE NAME public.whole_id_seq AS integer ");
	}

	@Test
	void notNullThatIsNotValidIsPartOfItsColumn() {
		assumeThat(OneOfEverything.serverVersion()).isGreaterThanOrEqualTo(18);

		Snapshot snapshot = OneOfEverything.takeAfter("""
				ALTER TABLE scratch ADD CONSTRAINT named NOT NULL id NO INHERIT NOT VALID;
				COMMENT ON CONSTRAINT named ON scratch IS 'x'""");

		assertThat(snapshot.definition("column public.scratch.id")).isEqualTo("integer NOT NULL NO INHERIT NOT VALID");
		assertThat(OneOfEverything.snapshot().changes(snapshot)).containsExactly("~ column public.scratch.id",
				"+ comment constraint public.scratch.named");
	}

	@Test
	void virtualColumnAndConstraintThatIsNotEnforcedSaySo() {
		assumeThat(OneOfEverything.serverVersion()).isGreaterThanOrEqualTo(18);

		Snapshot snapshot = OneOfEverything.takeAfter("""
				ALTER TABLE elsewhere ADD twice int GENERATED ALWAYS AS (id * 2) VIRTUAL;
				ALTER TABLE elsewhere ADD CONSTRAINT lax CHECK (id > 0) NOT ENFORCED""");

		assertThat(snapshot.definition("column public.elsewhere.twice"))
			.isEqualTo("integer GENERATED ALWAYS AS ((id * 2)) VIRTUAL");
		assertThat(snapshot.definition("constraint public.elsewhere.lax")).isEqualTo("CHECK ((id > 0)) NOT ENFORCED");
	}

}
