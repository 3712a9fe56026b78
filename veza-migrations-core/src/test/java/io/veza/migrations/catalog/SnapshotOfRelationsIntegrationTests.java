package io.veza.migrations.catalog;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotOfRelationsIntegrationTests {

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					CREATE SCHEMA app => + owner schema app; + schema app
					COMMENT ON SCHEMA "We""ird Näme" IS NULL => - comment schema "We""ird Näme"
					CREATE TABLE t (a int) => + column order public.t; + column public.t.a; + owner table public.t; + table public.t; + privileges table public.t
					ALTER TABLE scratch SET LOGGED => ~ table public.scratch
					ALTER TABLE child NO INHERIT scratch => ~ table public.child
					ALTER TABLE events DETACH PARTITION events_rest => ~ constraint public.events_rest.events_rest_pkey; ~ index public.events_rest_kind_idx; ~ table public.events_rest; - trigger public.events_rest.touched
					UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'events_rest'::regclass => ~ table public.events_rest
					ALTER TABLE scratch REPLICA IDENTITY FULL => ~ table public.scratch
					ALTER TABLE scratch REPLICA IDENTITY NOTHING => ~ table public.scratch
					ALTER TABLE users REPLICA IDENTITY DEFAULT => ~ index public.idx_users_replica; ~ table public.users
					ALTER TABLE users NO FORCE ROW LEVEL SECURITY => ~ table public.users
					ALTER TABLE users DISABLE ROW LEVEL SECURITY => ~ table public.users
					ALTER TABLE users SET (fillfactor = 71) => ~ table public.users
					ALTER TABLE users RESET (toast.autovacuum_enabled) => ~ table public.users
					ALTER TABLE typed NOT OF => ~ table public.typed
					ALTER TABLE elsewhere RENAME TO nowhere => - column order public.elsewhere; + column order public.nowhere; - column public.elsewhere.id; + column public.nowhere.id; - owner table public.elsewhere; + owner table public.nowhere; - table public.elsewhere; + table public.nowhere
					COMMENT ON TABLE users IS 'others' => ~ comment table public.users
					""")
	void changeOfTableIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					CREATE OR REPLACE VIEW adults WITH (security_barrier) AS SELECT id, name FROM users WITH LOCAL CHECK OPTION => ~ view public.adults
					ALTER VIEW adults RESET (security_barrier) => ~ view public.adults
					ALTER VIEW adults ALTER id SET DEFAULT 5 => ~ column public.adults.id
					COMMENT ON VIEW adults IS NULL => - comment view public.adults
					REFRESH MATERIALIZED VIEW totals => ~ materialized view public.totals
					ALTER MATERIALIZED VIEW totals SET (fillfactor = 50) => ~ materialized view public.totals
					DROP INDEX idx_totals => - index public.idx_totals
					ALTER SEQUENCE counter AS int MAXVALUE 9 => ~ sequence public.counter
					ALTER SEQUENCE counter NO CYCLE => ~ sequence public.counter
					ALTER SEQUENCE counter CACHE 1 => ~ sequence public.counter
					ALTER SEQUENCE counter OWNED BY users.name => - owner sequence public.counter; ~ sequence public.counter
					ALTER SEQUENCE "We""ird Näme"."T.able_Ke""y_seq" OWNED BY NONE => + owner sequence "We""ird Näme"."T.able_Ke""y_seq"; ~ sequence "We""ird Näme"."T.able_Ke""y_seq"
					COMMENT ON SEQUENCE counter IS 'counts' => + comment sequence public.counter
					ALTER FOREIGN TABLE remote OPTIONS (SET table_name 's') => ~ foreign table public.remote
					ALTER FOREIGN TABLE remote ALTER id OPTIONS (SET column_name 's') => ~ column public.remote.id
					ALTER SERVER far OPTIONS (SET host 'i') => ~ server far
					ALTER SERVER far VERSION '2' => ~ server far
					ALTER FOREIGN DATA WRAPPER wrapper OPTIONS (SET debug 'off') => ~ foreign data wrapper wrapper
					UPDATE pg_extension SET extversion = '9' => ~ extension plpgsql
					""")
	void changeOfViewOrOtherRelationIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

}
