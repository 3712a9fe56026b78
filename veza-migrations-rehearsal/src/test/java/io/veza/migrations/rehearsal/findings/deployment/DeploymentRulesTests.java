package io.veza.migrations.rehearsal.findings.deployment;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestTableFacts.column;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.filled;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.required;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.table;
import static org.assertj.core.api.Assertions.assertThat;

class DeploymentRulesTests {

	private static final String PREVIOUS = "The previous release, which runs beside the new one during a deployment and again after a rollback, ";

	private static final RelationFacts NOTHING = table("users");

	private static final RelationFacts EMAIL = table("users", column(2, "email", "text"));

	private static final RelationFacts MAIL = table("users", column(2, "mail", "text"));

	@Test
	void droppedColumnIsFound() {
		assertThat(done(TestEffects.on(EMAIL, NOTHING)).check(new ColumnDroppedRule()))
			.containsExactly(new RehearsalFinding("column-dropped", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"Column \"email\" of \"public.users\" is dropped.",
					PREVIOUS + "fails wherever it reads or writes the column.",
					"""
							-- In a later release, when none in use reads or writes the column, not even by an entity that still has it:
							-- veza: accept column-dropped <reason>
							ALTER TABLE public.users DROP COLUMN email;""",
					null));
	}

	@Test
	void droppedColumnWhenTheSectionHasAddedItIsNotFound() {
		assertThat(done(TestEffects.on(NOTHING, EMAIL)).statement(TestEffects.on(EMAIL, NOTHING))
			.check(new ColumnDroppedRule())).isEmpty();
	}

	@Test
	void droppedColumnWhenAnotherOneTakesItsNameIsFound() {
		assertThat(done(TestEffects.on(EMAIL, NOTHING))
			.statement(TestEffects.on(NOTHING, table("users", column(3, "email", "citext"))))
			.check(new ColumnDroppedRule())).hasSize(1);
	}

	@Test
	void renamedColumnIsFound() {
		assertThat(done(TestEffects.on(EMAIL, MAIL)).check(new ColumnRenamedRule()))
			.containsExactly(new RehearsalFinding("column-renamed", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"Column \"email\" of \"public.users\" is renamed to \"mail\".",
					PREVIOUS + "fails wherever it reads or writes the column.",
					"""
							-- First, with a trigger that fills it in rows that are written from now on:
							ALTER TABLE public.users ADD COLUMN mail text;
							-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
							UPDATE public.users SET mail = email WHERE ctid = ANY (ARRAY(
							    SELECT ctid FROM public.users WHERE mail IS NULL AND email IS NOT NULL LIMIT 1000));
							-- When no release in use reads or writes the old column:
							ALTER TABLE public.users DROP COLUMN email;""",
					null));
	}

	@Test
	void renamedColumnWhenTheOldNameIsThereAtTheEndIsNotFound() {
		RelationFacts both = table("users", column(2, "mail", "text"), column(3, "email", "text"));

		assertThat(
				done(TestEffects.on(EMAIL, MAIL)).statement(TestEffects.on(MAIL, both)).check(new ColumnRenamedRule()))
			.isEmpty();
		assertThat(
				done(TestEffects.on(EMAIL, MAIL)).statement(TestEffects.on(MAIL, EMAIL)).check(new ColumnRenamedRule()))
			.isEmpty();
	}

	@Test
	void requiredColumnIsFound() {
		RelationFacts after = table("users", required(2, "email", "text"));

		assertThat(done(TestEffects.on(NOTHING, after)).check(new ColumnRequiredRule()))
			.containsExactly(new RehearsalFinding("column-required", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"Column \"email\" is added to \"public.users\" as NOT NULL and without a default.",
					"The UP fails if the table has rows. " + PREVIOUS
							+ "cannot insert rows any more, because it does not know the column.",
					"""
							-- With a constant default, which rewrites no row:
							ALTER TABLE public.users ADD COLUMN email text NOT NULL DEFAULT …;
							-- Or without NOT NULL, until all releases in use write it:
							ALTER TABLE public.users ADD COLUMN email text;""", null));
	}

	@Test
	void requiredColumnWhenItGetsAValueByItselfOrNeedsNoneIsNotFound() {
		assertThat(done(TestEffects.on(NOTHING, table("users", filled(2, "email", "text"))))
			.check(new ColumnRequiredRule())).isEmpty();
		assertThat(done(TestEffects.on(NOTHING, EMAIL)).check(new ColumnRequiredRule())).isEmpty();
	}

	@Test
	void requiredColumnWhenItBecomesThatLaterIsFoundThere() {
		RelationFacts required = table("users", required(2, "email", "text"));

		assertThat(done(TestEffects.on(NOTHING, EMAIL)).statement(TestEffects.on(EMAIL, required))
			.check(new ColumnRequiredRule())).extracting(RehearsalFinding::line).containsExactly(3);
	}

	@Test
	void requiredColumnWhenItIsNotThatAtTheEndIsNotFound() {
		RelationFacts required = table("users", required(2, "email", "text"));
		RelationFacts filled = table("users", filled(2, "email", "text"));

		assertThat(done(TestEffects.on(NOTHING, required)).statement(TestEffects.on(required, filled))
			.check(new ColumnRequiredRule())).isEmpty();
	}

	@Test
	void droppedTableIsFound() {
		assertThat(done(TestEffects.on(EMAIL, null)).gone("table", "public.users").check(new TableDroppedRule()))
			.containsExactly(new RehearsalFinding("table-dropped", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"The table \"public.users\" is dropped.", PREVIOUS + "fails wherever it uses it.", """
							-- In a later release, when none in use needs it:
							-- veza: accept table-dropped <reason>
							DROP TABLE public.users;""", null));
	}

	@Test
	void droppedViewIsFound() {
		assertThat(done(TestEffects.on(EMAIL, null).kind(RelationKind.MATERIALIZED_VIEW))
			.gone("materialized view", "public.users")
			.check(new TableDroppedRule())).extracting(RehearsalFinding::message)
			.containsExactly("The materialized view \"public.users\" is dropped.");
	}

	@Test
	void droppedTableWhenItIsThereAgainIsNotFound() {
		assertThat(done(TestEffects.on(EMAIL, null)).check(new TableDroppedRule())).isEmpty();
		assertThat(done(TestEffects.on(EMAIL, null)).gone("table", "public.users")
			.created("view", "public.users")
			.check(new TableDroppedRule())).isEmpty();
	}

	@Test
	void droppedPartitionIsNotFound() {
		assertThat(
				done(TestEffects.on(TestTableFacts.partition("users_1", "users"), null)).gone("table", "public.users_1")
					.check(new TableDroppedRule()))
			.isEmpty();
	}

	@Test
	void renamedTableIsFound() {
		assertThat(done(TestEffects.on(EMAIL, table("order", column(2, "email", "text")))).gone("table", "public.users")
			.created("table", "public.\"order\"")
			.check(new TableRenamedRule()))
			.containsExactly(new RehearsalFinding("table-renamed", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"The table \"public.users\" is renamed to \"public.\"order\"\".",
					PREVIOUS + "fails wherever it uses the old name.", """
							-- In the same migration, a view that reads and writes for those who know the old name:
							CREATE VIEW public.users AS SELECT email FROM public."order";
							-- In a later release, when none in use knows it:
							DROP VIEW public.users;""", null));
	}

	@Test
	void renamedTableWhenAViewTakesTheNameIsNotFound() {
		assertThat(done(TestEffects.on(EMAIL, table("accounts"))).statement(TestEffects.onNew("public.users"))
			.gone("table", "public.users")
			.created("table", "public.accounts")
			.created("view", "public.users")
			.check(new TableRenamedRule())).isEmpty();
	}

	private static TestSections done(TestEffects... effects) {
		return TestSections.transactional().statement(effects);
	}

}
