package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TableRowReaderIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private Connection observer;

	@BeforeEach
	void connect() throws SQLException {
		this.observer = this.database.connect();
		this.database.execute("CREATE SCHEMA \"s %\"; CREATE SCHEMA app");
	}

	@AfterEach
	void drop() throws SQLException {
		this.observer.close();
		this.database.drop();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>', textBlock = """
			DELETE FROM app.t WHERE id IN (2, 3)                    > 2 0 0 2 3
			INSERT INTO app.t VALUES (4, 'd')                       > 0 1 0 4
			UPDATE app.t SET name = NULL WHERE id = 3               > 0 0 1 3
			UPDATE app.t SET name = '' WHERE id = 3                 > 0 0 1 3
			UPDATE app.t SET id = 9 WHERE id = 3                    > 1 1 0 3 9
			TRUNCATE app.t                                          > 3 0 0 1 2 3
			DROP TABLE app.t                                        > 3 0 0 1 2 3
			DROP TABLE app.t; CREATE VIEW app.t AS SELECT 1 AS id   > 3 0 0 1 2 3
			ALTER TABLE app.t RENAME TO u                           > 3 0 0 1 2 3
			ALTER TABLE app.t ADD extra int                         > 0 0 3 1 2 3
			ALTER TABLE app.t RENAME name TO title                  > 0 0 3 1 2 3
			""")
	void differenceCountsAndNamesRows(String change, String expected) throws SQLException {
		this.database.execute("CREATE TABLE app.t (id int PRIMARY KEY, name text); "
				+ "INSERT INTO app.t VALUES (1, 'a'), (2, 'b'), (3, 'c')");

		assertThat(differences("app.t", change)).singleElement()
			.satisfies((found) -> assertThat(found.table()).isEqualTo("app.t"))
			.extracting(TableRowReaderIntegrationTests::inShort)
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>', textBlock = """
			DELETE FROM app.t WHERE ctid = '(0,1)'    > 1 0 0 (a)
			INSERT INTO app.t VALUES ('a')            > 0 1 0 (a)
			UPDATE app.t SET name = 'c'               > 3 3 0 (a) (a) (b) (c) (c)
			""")
	void rowsOfATableWithoutKeyCountAsOftenAsTheyAreThere(String change, String expected) throws SQLException {
		this.database.execute("CREATE TABLE app.t (name text); INSERT INTO app.t VALUES ('a'), ('a'), ('b')");

		assertThat(differences("app.t", change)).singleElement()
			.extracting(TableRowReaderIntegrationTests::inShort)
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '>',
			textBlock = """
					nothing            > SELECT 1
					order of columns   > ALTER TABLE app.t RENAME a TO old; ALTER TABLE app.t ADD a int; UPDATE app.t SET a = old; ALTER TABLE app.t DROP old
					order of rows      > UPDATE app.t SET b = b WHERE id = 1
					type               > ALTER TABLE app.t ALTER a TYPE bigint
					primary key        > ALTER TABLE app.t DROP CONSTRAINT t_pkey
					generated column   > ALTER TABLE app.t DROP twice
					""")
	void sameValuesAreNoDifference(String name, String change) throws SQLException {
		this.database.execute("""
				CREATE TABLE app.t (id int PRIMARY KEY, a int, b text, twice int GENERATED ALWAYS AS (id * 2) STORED);
				INSERT INTO app.t SELECT i, i, 'x' FROM generate_series(1, 10) i""");

		assertThat(differences("app.t", change)).isEmpty();
	}

	@Test
	void keyOfSeveralColumnsIsShownInItsOrderAndCut() throws SQLException {
		this.database.execute("CREATE TABLE app.t (a text, b int, PRIMARY KEY (b, a)); "
				+ "INSERT INTO app.t VALUES ('x y', 1), (repeat('é', 200), 2)");

		assertThat(differences("app.t", "DELETE FROM app.t").get(0).keys()).containsExactly("(1,\"x y\")",
				"(2," + "é".repeat(96) + "…");
	}

	@Test
	void atMostFiveKeysAreShown() throws SQLException {
		this.database.execute("CREATE TABLE app.t AS SELECT generate_series(1, 20) AS id");

		assertThat(differences("app.t", "DELETE FROM app.t")).extracting(TableRowReaderIntegrationTests::inShort)
			.containsExactly("20 0 0 (1) (10) (11) (12) (13)");
	}

	@Test
	void everyTypeCanBeRead() throws SQLException {
		this.database.execute(
				"""
						CREATE TYPE app.mood AS ENUM ('ok'); CREATE TYPE app.pair AS (a int, b text);
						CREATE TABLE "s %"."t ""%s" ("select" json, b bytea, c xml, d app.mood, e app.pair[], f int4range, g money,
							h timestamptz, i interval, j float8, k inet, l tsvector, m point, n bit(3), o pg_lsn, p regclass,
							"q %s" numeric, r "char", s name, t jsonpath);
						INSERT INTO "s %"."t ""%s" VALUES ('{"a": "\\u0000"}', '\\x00', '<a/>', 'ok', ARRAY[(1, 'x')::app.pair],
							'[1,2)', 1, now(), '1 day', 'NaN', '::1', 'a', '(1,2)', B'101', '0/1', 'pg_class', 'NaN', 'x', 'y', '$')""");

		assertThat(differences("\"s %\".\"t \"\"%s\"", "UPDATE \"s %\".\"t \"\"%s\" SET b = '\\x01'")).hasSize(1);
	}

	@Test
	void tableWithoutColumnsHasRows() throws SQLException {
		this.database.execute("CREATE TABLE app.t ()");

		assertThat(differences("app.t", "INSERT INTO app.t DEFAULT VALUES"))
			.extracting(TableRowReaderIntegrationTests::inShort)
			.containsExactly("0 1 0 ()");
	}

	@Test
	void rowsOfPartitionsAndHeirsAreTheirOwn() throws SQLException {
		this.database.execute("""
				CREATE TABLE app.p (id int PRIMARY KEY) PARTITION BY LIST (id);
				CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES IN (1);
				CREATE TABLE app.t (id int PRIMARY KEY);
				CREATE TABLE app.h () INHERITS (app.t)""");
		Set<String> tables = Set.of("app.p", "app.p1", "app.t", "app.h");
		TableRowSnapshot before = TableRowReader.read(this.observer, tables);

		this.database.execute("INSERT INTO app.p VALUES (1); INSERT INTO app.h VALUES (1)");

		assertThat(before.differences(TableRowReader.read(this.observer, tables))).extracting(RowDifference::table)
			.containsExactly("app.h", "app.p1");
	}

	@ParameterizedTest
	@CsvSource({ "DELETE FROM app.t WHERE id = 1, 1 0 -1", "INSERT INTO app.t VALUES (9), 0 1 -1",
			"UPDATE app.t SET id = 9 WHERE id = 1, 0 0 -1" })
	void rowsThatAreTooManyAreOnlyCounted(String change, String expected) throws SQLException {
		this.database.execute("CREATE TABLE app.t (id int PRIMARY KEY); INSERT INTO app.t VALUES (1), (2), (3)");
		TableRowReader contents = new TableRowReader(this.observer, 2);
		TableRowSnapshot before = contents.read(Set.of("app.t"));
		assertThat(before.differences(contents.read(Set.of("app.t")))).isEmpty();

		this.database.execute(change);

		assertThat(before.differences(contents.read(Set.of("app.t"))))
			.extracting(TableRowReaderIntegrationTests::inShort)
			.containsExactly(expected);
	}

	@Test
	void rowsThatHaveBecomeTooManyAreComparedAsAWhole() throws SQLException {
		this.database.execute("CREATE TABLE app.t (id int PRIMARY KEY); INSERT INTO app.t VALUES (1), (2), (3)");
		TableRowSnapshot each = new TableRowReader(this.observer, 3).read(Set.of("app.t"));

		assertThat(each.differences(new TableRowReader(this.observer, 2).read(Set.of("app.t")))).isEmpty();
	}

	@Test
	void rowsThatAreHiddenAreRefused() throws SQLException {
		this.database.execute("""
				CREATE ROLE contents_reader LOGIN PASSWORD 'x';
				CREATE TABLE app.t (id int); ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; INSERT INTO app.t VALUES (1);
				GRANT USAGE ON SCHEMA app TO contents_reader; GRANT SELECT ON app.t TO contents_reader""");

		try (Connection reader = this.database.dataSource("contents_reader", "x").getConnection()) {
			assertThatExceptionOfType(RehearsalException.class)
				.isThrownBy(() -> TableRowReader.read(reader, Set.of("app.t")))
				.withMessageContaining("row-level security policy for table \"t\"")
				.withMessageContaining("BYPASSRLS");
			assertThat(reader.getAutoCommit()).isTrue();
		}
		this.database.execute("DROP OWNED BY contents_reader; DROP ROLE contents_reader");
	}

	@Test
	void tablesWithRowsAreFound() throws SQLException {
		this.database.execute("""
				CREATE TABLE "s %"."A b" AS SELECT 1; CREATE TABLE app.empty (id int); CREATE TABLE app.parent (id int);
				CREATE TABLE app.heir () INHERITS (app.parent); INSERT INTO app.heir VALUES (1);
				CREATE TABLE app.emptied AS SELECT 1; DELETE FROM app.emptied;
				CREATE TABLE app.p (id int) PARTITION BY LIST (id); CREATE TABLE app.p1 PARTITION OF app.p DEFAULT;
				INSERT INTO app.p VALUES (1); CREATE MATERIALIZED VIEW app.m AS SELECT 1""");

		assertThat(TableRowReader.nonEmpty(this.observer)).containsExactly("\"s %\".\"A b\"", "app.heir", "app.p1");
	}

	@Test
	void emptyDatabaseHasNoTableWithRows() throws SQLException {
		assertThat(TableRowReader.nonEmpty(this.observer)).isEmpty();
		assertThat(TableRowReader.read(this.observer, Set.of()).tables()).isEmpty();
		assertThat(TableRowReader.read(this.observer, Set.of("app.nope")).tables()).isEmpty();
	}

	@Test
	void sessionIsLeftAsItWas() throws SQLException {
		TableRowReader.nonEmpty(this.observer);

		assertThat(this.observer.getAutoCommit()).isTrue();
		assertThat(this.observer.getSchema()).isEqualTo("public");
	}

	private List<RowDifference> differences(String table, String change) throws SQLException {
		TableRowSnapshot before = TableRowReader.read(this.observer, Set.of(table));
		this.database.execute(change);
		return before.differences(TableRowReader.read(this.observer, Set.of(table)));
	}

	private static String inShort(RowDifference difference) {
		return ("%d %d %d %s".formatted(difference.gone(), difference.added(), difference.changed(),
				String.join(" ", difference.keys())))
			.strip();
	}

}
