package io.veza.migrations.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotOfRightsIntegrationTests {

	private static final String ROLE = "CREATE ROLE snapshot_other; ";

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					GRANT INSERT ON users TO snapshot_other => ~ privileges table public.users
					REVOKE SELECT ON users FROM PUBLIC => - privileges table public.users
					REVOKE ALL ON scratch FROM CURRENT_USER => + privileges table public.scratch
					GRANT SELECT ON adults TO snapshot_other => + privileges view public.adults
					GRANT SELECT (id) ON users TO snapshot_other => + privileges column public.users.id
					REVOKE UPDATE (name) ON users FROM PUBLIC => - privileges column public.users.name
					REVOKE ALL ON SEQUENCE users_id_seq FROM PUBLIC => - privileges sequence public.users_id_seq
					REVOKE ALL ON SCHEMA "We""ird Näme" FROM PUBLIC => - privileges schema "We""ird Näme"
					GRANT EXECUTE ON FUNCTION fn(text) TO PUBLIC => - privileges function public.fn(text)
					REVOKE EXECUTE ON PROCEDURE work FROM PUBLIC => + privileges procedure public.work(integer, integer)
					GRANT USAGE ON TYPE mood TO PUBLIC => - privileges type public.mood
					GRANT USAGE ON DOMAIN email TO PUBLIC => - privileges domain public.email
					GRANT USAGE ON LANGUAGE mine TO snapshot_other => + privileges language mine
					REVOKE ALL ON FOREIGN SERVER far FROM PUBLIC => - privileges server far
					REVOKE ALL ON FOREIGN DATA WRAPPER wrapper FROM PUBLIC => - privileges foreign data wrapper wrapper
					ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM PUBLIC => - default privileges tables of postgres in public
					ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO snapshot_other => + default privileges schemas of postgres
					ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC => - default privileges functions of postgres
					""")
	void changeOfPrivilegesIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(ROLE + change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					ALTER TABLE scratch OWNER TO snapshot_other => ~ owner table public.scratch
					ALTER TABLE "We""ird Näme"."T.able" OWNER TO snapshot_other => ~ owner table "We""ird Näme"."T.able"
					ALTER VIEW "We""ird Näme"."Vi.ew" OWNER TO snapshot_other => ~ owner view "We""ird Näme"."Vi.ew"
					ALTER MATERIALIZED VIEW totals OWNER TO snapshot_other => ~ owner materialized view public.totals
					ALTER FUNCTION fn() OWNER TO snapshot_other => ~ owner function public.fn()
					ALTER AGGREGATE total(int) OWNER TO snapshot_other => ~ owner aggregate public.total(integer)
					ALTER TYPE pair OWNER TO snapshot_other => ~ owner type public.pair
					ALTER STATISTICS users_stats OWNER TO snapshot_other => ~ owner statistics public.users_stats
					ALTER COLLATION german OWNER TO snapshot_other => ~ owner collation public.german
					ALTER OPERATOR CLASS box2_ops USING hash OWNER TO snapshot_other => ~ owner operator class public.box2_ops USING hash
					ALTER PUBLICATION news OWNER TO snapshot_other => ~ owner publication news
					ALTER TEXT SEARCH CONFIGURATION search OWNER TO snapshot_other => ~ owner text search configuration public.search
					""")
	void changeOfOwnerIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(ROLE + change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@Test
	void privilegesOfNewObjectAreThoseThatAreGrantedExplicitly() {
		assertThat(OneOfEverything.changes("GRANT USAGE, CREATE ON SCHEMA \"We\"\"ird Näme\" TO CURRENT_USER"))
			.isEmpty();
		assertThat(OneOfEverything
			.changes("REVOKE ALL ON scratch FROM CURRENT_USER; GRANT ALL ON scratch TO CURRENT_USER")).isEmpty();
	}

	@Test
	void privilegesAreListedWithGrantOptionAndGrantorInOneOrder() {
		Snapshot snapshot = OneOfEverything.takeAfter(ROLE + """
				GRANT UPDATE, DELETE ON adults TO snapshot_other WITH GRANT OPTION;
				REVOKE ALL ON adults, scratch FROM CURRENT_USER, PUBLIC;
				SET LOCAL ROLE snapshot_other;
				GRANT UPDATE ON adults TO PUBLIC;
				RESET ROLE""");

		assertThat(snapshot.definition("privileges view public.adults"))
			.isEqualTo("PUBLIC=UPDATE/snapshot_other snapshot_other=DELETE*,UPDATE*/postgres");
		assertThat(snapshot.definition("privileges table public.scratch")).isEqualTo("no privileges");
	}

}
