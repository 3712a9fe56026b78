package io.veza.migrations.rehearsal.findings.lock;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestTableFacts.column;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.filled;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.table;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.uniqueIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RewriteRulesTests {

	private static final String UNTIL_WRITTEN = "Whoever reads or writes the table waits until all rows and indexes are written again, which takes as much room once more.";

	private static final RelationFacts USERS = table("users", column(1, "id", "integer"));

	@Test
	void typeWhenItLimitsItsValuesIsNotCastTo() {
		RelationFacts after = table("users", column(1, "id", "character varying(9)"));

		assertThat(rewritten(USERS, after).check(new TypeChangedRule())).singleElement()
			.extracting(RehearsalFinding::rewrite)
			.asString()
			.contains("SET id_new = id WHERE");
	}

	@Test
	void typeWhenTheTableIsRewrittenIsFound() {
		RelationFacts after = table("users", column(1, "id", "bigint"));

		assertThat(rewritten(USERS, after).check(new TypeChangedRule())).containsExactly(new RehearsalFinding(
				"type-change-rewrites-table", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
				"Column \"id\" of \"public.users\" gets the type bigint instead of integer, and the table is rewritten under an ACCESS EXCLUSIVE lock.",
				UNTIL_WRITTEN,
				"""
						-- First, with a trigger that fills it in rows that are written from now on:
						ALTER TABLE public.users ADD COLUMN id_new bigint;
						-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
						UPDATE public.users SET id_new = id::bigint WHERE ctid = ANY (ARRAY(
						    SELECT ctid FROM public.users WHERE id_new IS NULL AND id IS NOT NULL LIMIT 1000));
						-- When no release in use reads or writes the old column:
						ALTER TABLE public.users DROP COLUMN id;""",
				null));
		assertThat(rewritten(USERS, after).check(new TableRewrittenRule())).isEmpty();
	}

	@Test
	void typeWhenTheTableStaysIsNotFound() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(USERS, table("users", column(1, "id", "bigint"))))
			.check(new TypeChangedRule())).isEmpty();
	}

	@Test
	void newColumnWhenTheTableIsRewrittenIsFound() {
		RelationFacts after = table("users", column(1, "id", "integer"), filled(2, "token", "uuid"));

		assertThat(rewritten(USERS, after).check(new FilledColumnAddedRule())).containsExactly(new RehearsalFinding(
				"new-column-rewrites-table", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
				"Column \"token\" is added to \"public.users\" with a value for each row, and the table is rewritten under an ACCESS EXCLUSIVE lock.",
				UNTIL_WRITTEN,
				"""
						ALTER TABLE public.users ADD COLUMN token uuid;
						-- For rows that are inserted from now on:
						ALTER TABLE public.users ALTER COLUMN token SET DEFAULT …;
						-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
						UPDATE public.users SET token = … WHERE ctid = ANY (ARRAY(
						    SELECT ctid FROM public.users WHERE token IS NULL LIMIT 1000));""",
				null));
		assertThat(rewritten(USERS, after).check(new TableRewrittenRule())).isEmpty();
	}

	@Test
	void newColumnWhenItIsComputedIsFilledByATrigger() {
		RelationFacts after = table("users", column(1, "id", "integer"),
				new Column(2, "twice", "integer", false, true, true));

		assertThat(rewritten(USERS, after).check(new FilledColumnAddedRule())).extracting(RehearsalFinding::rewrite)
			.containsExactly(
					"""
							-- An ordinary column, with a trigger that fills it:
							ALTER TABLE public.users ADD COLUMN twice integer;
							-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
							UPDATE public.users SET twice = … WHERE ctid = ANY (ARRAY(
							    SELECT ctid FROM public.users WHERE twice IS NULL LIMIT 1000));""");
	}

	@Test
	void newColumnWhenThereAreSeveralNamesOneWithAValue() {
		RelationFacts after = table("users", column(1, "id", "integer"), column(2, "note", "text"),
				filled(3, "token", "uuid"));

		assertThat(rewritten(USERS, after).check(new FilledColumnAddedRule())).singleElement()
			.extracting(RehearsalFinding::message)
			.asString()
			.startsWith("Column \"token\" is added");
	}

	@Test
	void newColumnWhenTheTableStaysIsNotFound() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(USERS, table("users", column(1, "id", "integer"), filled(2, "token", "uuid"))))
			.check(new FilledColumnAddedRule())).isEmpty();
	}

	@Test
	void rewrittenWhenNothingElseChangesIsFound() {
		assertThat(rewritten(USERS, USERS).check(new TableRewrittenRule()))
			.containsExactly(new RehearsalFinding("table-rewritten", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"\"public.users\" is rewritten under an ACCESS EXCLUSIVE lock.", UNTIL_WRITTEN, """
							-- To make room for rows to come, which keeps nobody waiting:
							VACUUM (ANALYZE) public.users;
							-- To give the room back, while nobody uses the table:
							-- veza: accept table-rewritten <reason>""", null));
	}

	@Test
	void rewrittenWhenTheTableMovesIsToBeAccepted() {
		assertThat(rewritten(table("users"), TestTableFacts.inTablespace("users", 9)).check(new TableRewrittenRule()))
			.extracting(RehearsalFinding::rewrite)
			.containsExactly("""
					-- PostgreSQL does this under that lock only. While nobody uses the table:
					-- veza: accept table-rewritten <reason>""");
	}

	@Test
	void refreshedWhenReadersWaitIsFound() {
		assertThat(refreshed(table("totals")).check(new ViewRefreshedRule())).containsExactly(
				new RehearsalFinding("refresh-blocks-reads", Severity.ERROR, "001_a.sql", 2, 1, "public.totals",
						"Materialized view \"public.totals\" is filled again under an ACCESS EXCLUSIVE lock.",
						"Whoever reads it waits until its query has run and its indexes are built.", """
								-- Once, in a migration of its own, on columns that tell its rows apart:
								CREATE UNIQUE INDEX CONCURRENTLY unique_totals ON public.totals (…);
								-- In a later migration:
								REFRESH MATERIALIZED VIEW CONCURRENTLY public.totals;""", null));
		assertThat(refreshed(table("totals")).check(new TableRewrittenRule())).isEmpty();
	}

	@Test
	void refreshedWhenTheViewHasAKeyNeedsOneWordOnly() {
		assertThat(refreshed(table("totals", uniqueIndex(7, "i", "id"))).check(new ViewRefreshedRule()))
			.extracting(RehearsalFinding::rewrite)
			.containsExactly("REFRESH MATERIALIZED VIEW CONCURRENTLY public.totals;");
	}

	@Test
	void refreshedWhenConcurrentlyIsNotFound() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(table("totals"))
				.kind(RelationKind.MATERIALIZED_VIEW)
				.lock(LockMode.EXCLUSIVE)
				.deleted(3))
			.check(new ViewRefreshedRule())).isEmpty();
	}

	@Test
	void truncatedIsFound() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(USERS).truncated())
			.check(new TableTruncatedRule()))
			.containsExactly(new RehearsalFinding("table-truncated", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"\"public.users\" is truncated under an ACCESS EXCLUSIVE lock.",
					"Whoever reads or writes the table waits until the transaction ends. Then it has no row for anybody, not even for who began to read before.",
					"""
							-- In a migration of its own:
							-- veza: transaction=off
							DO $$
							BEGIN
							    LOOP
							        DELETE FROM public.users WHERE ctid = ANY (ARRAY(SELECT ctid FROM public.users LIMIT 1000));
							        EXIT WHEN NOT FOUND;
							        COMMIT;
							    END LOOP;
							END;
							$$;""",
					null));
	}

	@Test
	void truncatedWhenThePartitionsAreIsFoundOnTheirTable() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(USERS).kind(RelationKind.PARTITIONED_TABLE),
					TestEffects.on(TestTableFacts.partition("users_1", "users")).truncated(),
					TestEffects.on(TestTableFacts.partition("users_2", "users")).truncated())
			.check(new TableTruncatedRule())).extracting(RehearsalFinding::relation).containsExactly("public.users");
	}

	@Test
	void truncatedWhenOnlyAPartitionIsIsFoundThere() {
		assertThat(TestSections.transactional()
			.statement(TestEffects.on(TestTableFacts.partition("users_1", "users")).truncated())
			.check(new TableTruncatedRule())).extracting(RehearsalFinding::relation, RehearsalFinding::message)
			.containsExactly(
					tuple("public.users_1", "\"public.users_1\" is truncated under an ACCESS EXCLUSIVE lock."));
	}

	private static TestSections rewritten(RelationFacts before, RelationFacts after) {
		return TestSections.transactional().statement(TestEffects.on(before, after).rewritten());
	}

	private static TestSections refreshed(RelationFacts facts) {
		return TestSections.transactional()
			.statement(TestEffects.on(facts).kind(RelationKind.MATERIALIZED_VIEW).rewritten());
	}

}
