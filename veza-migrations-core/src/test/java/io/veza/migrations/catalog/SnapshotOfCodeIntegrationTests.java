package io.veza.migrations.catalog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotOfCodeIntegrationTests {

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					CREATE FUNCTION fn(int) RETURNS int LANGUAGE sql AS 'SELECT 1' => + function public.fn(integer); + owner function public.fn(integer); + privileges function public.fn(integer)
					DROP FUNCTION fn(int, text) => - function public.fn(integer, text); - owner function public.fn(integer, text)
					CREATE OR REPLACE FUNCTION fn(text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $1' => ~ function public.fn(text)
					ALTER FUNCTION fn(text) SECURITY DEFINER => ~ function public.fn(text)
					ALTER FUNCTION fn(text) SET search_path = public => ~ function public.fn(text)
					ALTER FUNCTION fn(text) COST 7 => ~ function public.fn(text)
					COMMENT ON FUNCTION fn(text) IS NULL => - comment function public.fn(text)
					ALTER PROCEDURE work SECURITY DEFINER => ~ procedure public.work(integer, integer)
					ALTER FUNCTION win STRICT => ~ window function public.win()
					CREATE OR REPLACE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '1', SORTOP = <) => ~ aggregate public.total(integer)
					CREATE OR REPLACE AGGREGATE total(int) (SFUNC = int4mul, STYPE = int, INITCOND = '0', SORTOP = <) => ~ aggregate public.total(integer)
					COMMENT ON AGGREGATE total(int) IS NULL => - comment aggregate public.total(integer)
					ALTER TABLE users DISABLE TRIGGER touched => ~ trigger public.users.touched
					ALTER TABLE users ENABLE REPLICA TRIGGER touched => ~ trigger public.users.touched
					ALTER TABLE users ENABLE ALWAYS TRIGGER touched => ~ trigger public.users.touched
					ALTER TABLE events_rest ENABLE TRIGGER touched => ~ trigger public.events_rest.touched
					DROP TRIGGER touched ON users => - comment trigger public.users.touched; - trigger public.users.touched
					ALTER TRIGGER checked ON users RENAME TO looked => - trigger public.users.checked; + trigger public.users.looked
					COMMENT ON TRIGGER touched ON users IS 'x' => ~ comment trigger public.users.touched
					ALTER EVENT TRIGGER watched DISABLE => ~ event trigger watched
					COMMENT ON EVENT TRIGGER watched IS NULL => - comment event trigger watched
					ALTER TABLE scratch DISABLE RULE kept => ~ rule public.scratch.kept
					CREATE OR REPLACE RULE kept AS ON DELETE TO scratch DO ALSO NOTHING => ~ rule public.scratch.kept
					COMMENT ON RULE kept ON scratch IS NULL => - comment rule public.scratch.kept
					ALTER POLICY own_rows ON users USING (true) => ~ policy public.users.own_rows
					ALTER POLICY own_rows ON users WITH CHECK (true) => ~ policy public.users.own_rows
					ALTER POLICY own_rows ON users TO CURRENT_USER => ~ policy public.users.own_rows
					COMMENT ON POLICY own_rows ON users IS NULL => - comment policy public.users.own_rows
					""")
	void changeOfCodeIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					ALTER TYPE mood ADD VALUE 'glad' BEFORE 'sad' => ~ type public.mood
					ALTER TYPE mood RENAME VALUE 'sad' TO 'blue' => ~ column public.users.feeling; ~ type public.mood
					ALTER TYPE pair ALTER ATTRIBUTE "B c" TYPE varchar CASCADE => ~ column public.typed."B c"; ~ type public.pair
					ALTER TYPE pair ADD ATTRIBUTE d int CASCADE => ~ column order public.typed; + column public.typed.d; ~ type public.pair
					ALTER TYPE box2 SET (ANALYZE = array_typanalyze) => ~ type public.box2
					CREATE TYPE more AS RANGE (subtype = int4) => + owner type public.more; + type public.more
					DROP TYPE announced => - owner type public.announced; - type public.announced
					COMMENT ON TYPE mood IS NULL => - comment type public.mood
					ALTER DOMAIN email DROP NOT NULL => ~ domain public.email
					ALTER DOMAIN email SET DEFAULT 'y' => ~ domain public.email
					ALTER DOMAIN email RENAME CONSTRAINT has_at TO at => ~ domain public.email; - comment constraint public.email.has_at; + comment constraint public.email.at
					ALTER DOMAIN email ADD CHECK (VALUE <> 'z') NOT VALID => ~ domain public.email
					COMMENT ON DOMAIN email IS NULL => - comment domain public.email
					DROP COLLATION german => - collation public.german; - comment collation public.german; - owner collation public.german
					ALTER OPERATOR ===(box2, box2) SET (RESTRICT = eqsel) => ~ operator public.===(public.box2, public.box2)
					COMMENT ON OPERATOR ===(box2, box2) IS NULL => - comment operator public.===(public.box2, public.box2)
					DROP CAST (box2 AS int) => - cast (public.box2 AS integer); - comment cast (public.box2 AS integer)
					DROP CONVERSION latin => - conversion public.latin; - owner conversion public.latin
					ALTER TEXT SEARCH DICTIONARY stems (LANGUAGE = german) => ~ text search dictionary public.stems
					ALTER TEXT SEARCH CONFIGURATION search DROP MAPPING FOR url => ~ text search configuration public.search
					ALTER TEXT SEARCH CONFIGURATION search ALTER MAPPING FOR url WITH stems => ~ text search configuration public.search
					DROP TEXT SEARCH PARSER words => - text search parser public.words
					DROP TEXT SEARCH TEMPLATE pattern => - text search template public.pattern
					DROP LANGUAGE mine => - language mine; - owner language mine
					""")
	void changeOfTypeOrWhatUsesItIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

}
