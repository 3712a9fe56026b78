package io.veza.migrations.backup;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.backup.restore.RestoredObject;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BackupRoundTripIntegrationTests {

	/** Everything that this creates is dropped before the kept values are restored. */
	private static final String UP = """
			CREATE TYPE mood AS ENUM ('sad', 'ok');
			CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
			CREATE TYPE span AS RANGE (subtype = float8);
			CREATE TYPE address AS (street text, at point, tags text[]);
			CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
			CREATE EXTENSION hstore;
			CREATE EXTENSION citext;
			CREATE TABLE plain (id int PRIMARY KEY, a text, b bytea, c float8, d float4, e numeric, f timestamptz,
				g interval, h json, i jsonb, j xml, k int[], l uuid, m bit varying, n inet, o money, p tsvector, q char(9),
				r timestamp, s date, t "char", u name, v int4range, w point, x text[][], y tstzrange, z varchar(20)[]);
			CREATE TABLE fancy (id int PRIMARY KEY, a mood, b mood[], c email, d span, e address, f address[], g hstore,
				h citext, i text COLLATE nocase, j regclass, k citext[], l email[], m regtype[]);
			""";

	private static final String DOWN = """
			DROP TABLE fancy, plain;
			DROP TYPE mood, span, address;
			DROP DOMAIN email;
			DROP COLLATION nocase;
			DROP EXTENSION hstore;
			DROP EXTENSION citext""";

	private static final String VALUES = """
			INSERT INTO plain VALUES
				(1, '', '', 'NaN', '-0', 'NaN', 'infinity', '1 mon -2 days 03:04:05.000006', '{"b" : 1,"a":1, "a":2}',
					'{"a": 1.50}', '<a>&lt;</a><b/>', '{}', '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', '', '10.0.0.1/24',
					-92233720368547758.08, 'a:1A b', ' x', '-infinity', 'infinity', 'x', 'n', 'empty', '(1e-300,NaN)',
					'{{a,NULL},{"NULL",""}}', '[-infinity,2020-01-01)', '{"a,b","\\"\\\\"}'),
				(2, E'tab\\t\\n\\\\N"''', '\\x00ff5c', 0.1 + 0.2::float8, 16777217, 1.100000, '4714-11-24 00:00:00+00 BC',
					'-178000000 years', '[]', '"\\u00e9"', NULL, '[0:1]={1,NULL}', NULL, B'101', '::1', 0.01, '', repeat('x', 9),
					'294276-12-31 23:59:59.999999', '0001-01-01 BC', '', '', '[1,)', '(0,-0)', '{}', 'empty', '{NULL}');
			INSERT INTO plain (id, a, b, c, d, e) VALUES
				(3, repeat('é', 600000), decode(repeat('00ff', 600000), 'hex'), '-Infinity', 1e-45, (repeat('9', 5000) || '.0')::numeric);
			INSERT INTO plain (id) VALUES (4);
			INSERT INTO fancy VALUES
				(1, 'sad', '{ok,NULL}', 'a@b', '[0.1,0.30000000000000004)', ROW('x, "y"', '(0.1,1e308)', '{a,NULL}'),
					ARRAY[ROW('', NULL, '{}'), NULL]::address[], 'a=>NULL, "b,"=>"\\\\"', 'CiText', 'Nocase', 'plain',
					'{A,a}', '{x@y}', '{int,public.mood}'),
				(2, 'ok', '{}', NULL, 'empty', ROW(NULL, NULL, NULL), '{}', '', '', '', 'pg_class', '{}', '{}', '{}'),
				(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, repeat('x', 600000), NULL, NULL, NULL, NULL)""";

	private static final String CONTENT = """
			SELECT t::text, (e).street IS NULL, num_nulls(e) FROM fancy t
			UNION ALL
			SELECT t::text, false, 0 FROM plain t
			ORDER BY 1""";

	private final TestDatabase database = TestDatabase.create();

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute(UP + VALUES);
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@Test
	void droppedTablesComeBackByteForByte() throws SQLException {
		List<String> before = content();

		this.run.rollback(DOWN);
		this.database.execute(UP);

		assertThat(this.run.restore()).extracting(RestoredObject::rows).containsExactly(3L, 4L);
		assertThat(content()).isEqualTo(before).hasSize(7);
	}

	@Test
	void valuesComeBackWhateverTheSessionPrints() throws SQLException {
		List<String> before = content();
		this.run.execute("""
				SET extra_float_digits = -15; SET datestyle = 'ISO, DMY'; SET intervalstyle = 'sql_standard';
				SET bytea_output = 'escape'; SET xmloption = document; SET search_path = public, pg_catalog""");

		this.run.rollback(DOWN);
		this.run.execute(UP + "SET datestyle = 'ISO, MDY'; SET intervalstyle = 'iso_8601'");
		this.run.restore();

		assertThat(content()).isEqualTo(before);
		assertThat(this.run.setting("datestyle")).isEqualTo("ISO, MDY");
	}

	@Test
	void overwrittenRowsComeBackByteForByte() throws SQLException {
		List<String> before = content();

		assertThat(this.run.rollback("UPDATE fancy SET a = 'ok' WHERE id = 1; DELETE FROM fancy WHERE id = 2").kept())
			.singleElement()
			.satisfies((kept) -> assertThat(kept.rows()).isEqualTo(2));
		this.run.restore();

		assertThat(content()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a mood", "b mood[]", "c email", "d span", "e address", "f address[]", "g hstore",
			"h citext", "i text COLLATE nocase", "j regclass", "k citext[]", "l email[]", "m regtype[]" })
	void droppedColumnComesBackByteForByte(String column) throws SQLException {
		String name = column.substring(0, 1);
		List<String> before = this.database
			.query("SELECT id, %1$s::text, num_nulls(%1$s) FROM fancy ORDER BY 1".formatted(name));

		this.run.rollback("ALTER TABLE fancy DROP COLUMN " + name);
		this.database.execute("ALTER TABLE fancy ADD COLUMN " + column);

		assertThat(this.run.restore()).extracting(RestoredObject::rows).containsExactly(3L);
		assertThat(this.database.query("SELECT id, %1$s::text, num_nulls(%1$s) FROM fancy ORDER BY 1".formatted(name)))
			.isEqualTo(before);
	}

	@Test
	void columnOfAnotherTypeComesBack() throws SQLException {
		List<String> before = this.database.query("SELECT id, e, c, z FROM plain ORDER BY 1");

		this.run.rollback(
				"""
						ALTER TABLE plain ALTER e TYPE int USING 1, ALTER c TYPE float4 USING 1, ALTER z TYPE text USING 'x'""");
		this.database.execute("""
				ALTER TABLE plain ALTER e TYPE numeric, ALTER c TYPE float8, ALTER z TYPE varchar(20)[] USING NULL""");
		this.run.restore();

		assertThat(this.database.query("SELECT id, e, c, z FROM plain ORDER BY 1")).isEqualTo(before);
	}

	@Test
	void backupUsesNothingThatADownMayDrop() throws SQLException {
		this.run.rollback(DOWN + "; CREATE EXTENSION hstore");

		assertThat(this.database.query("""
				SELECT DISTINCT t.typname
				FROM pg_attribute a
				JOIN pg_class c ON c.oid = a.attrelid
				JOIN pg_type t ON t.oid = a.atttypid
				WHERE c.relnamespace = 'veza_backup'::regnamespace AND c.relname LIKE 'v004_fancy%' AND a.attnum > 0
				ORDER BY 1""")).containsExactly("int4", "text");
		assertThat(this.database.query("""
				SELECT 1 FROM pg_depend d JOIN pg_class c ON c.oid = d.objid
				WHERE c.relnamespace = 'veza_backup'::regnamespace AND c.relname LIKE 'v004%'
					AND d.refclassid <> 'pg_namespace'::regclass""")).isEmpty();
	}

	private List<String> content() {
		return this.database.query(CONTENT);
	}

}
