package io.veza.migrations.rehearsal.findings;

import org.junit.jupiter.api.Test;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationKind;

import static io.veza.migrations.rehearsal.findings.Facts.column;
import static io.veza.migrations.rehearsal.findings.Facts.filled;
import static io.veza.migrations.rehearsal.findings.Facts.required;
import static io.veza.migrations.rehearsal.findings.Facts.table;
import static org.assertj.core.api.Assertions.assertThat;

class DeploymentRulesTests {

	private static final String PREVIOUS = "The previous release, which runs beside the new one during a deployment and again after a rollback, ";

	private static final RelationFacts NOTHING = table("users");

	private static final RelationFacts EMAIL = table("users", column(2, "email", "text"));

	private static final RelationFacts MAIL = table("users", column(2, "mail", "text"));

	@Test
	void droppedColumnIsFound() {
		assertThat(done(Effects.on(EMAIL, NOTHING)).look(new ColumnDropped()))
			.containsExactly(new Finding("column-dropped", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
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
		assertThat(done(Effects.on(NOTHING, EMAIL)).statement(Effects.on(EMAIL, NOTHING)).look(new ColumnDropped()))
			.isEmpty();
	}

	@Test
	void droppedColumnWhenAnotherOneTakesItsNameIsFound() {
		assertThat(done(Effects.on(EMAIL, NOTHING))
			.statement(Effects.on(NOTHING, table("users", column(3, "email", "citext"))))
			.look(new ColumnDropped())).hasSize(1);
	}

	@Test
	void renamedColumnIsFound() {
		assertThat(done(Effects.on(EMAIL, MAIL)).look(new ColumnRenamed()))
			.containsExactly(new Finding("column-renamed", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
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

		assertThat(done(Effects.on(EMAIL, MAIL)).statement(Effects.on(MAIL, both)).look(new ColumnRenamed())).isEmpty();
		assertThat(done(Effects.on(EMAIL, MAIL)).statement(Effects.on(MAIL, EMAIL)).look(new ColumnRenamed()))
			.isEmpty();
	}

	@Test
	void requiredColumnIsFound() {
		RelationFacts after = table("users", required(2, "email", "text"));

		assertThat(done(Effects.on(NOTHING, after)).look(new ColumnRequired()))
			.containsExactly(new Finding("column-required", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
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
		assertThat(done(Effects.on(NOTHING, table("users", filled(2, "email", "text")))).look(new ColumnRequired()))
			.isEmpty();
		assertThat(done(Effects.on(NOTHING, EMAIL)).look(new ColumnRequired())).isEmpty();
	}

	@Test
	void requiredColumnWhenItBecomesThatLaterIsFoundThere() {
		RelationFacts required = table("users", required(2, "email", "text"));

		assertThat(done(Effects.on(NOTHING, EMAIL)).statement(Effects.on(EMAIL, required)).look(new ColumnRequired()))
			.extracting(Finding::line)
			.containsExactly(3);
	}

	@Test
	void requiredColumnWhenItIsNotThatAtTheEndIsNotFound() {
		RelationFacts required = table("users", required(2, "email", "text"));
		RelationFacts filled = table("users", filled(2, "email", "text"));

		assertThat(
				done(Effects.on(NOTHING, required)).statement(Effects.on(required, filled)).look(new ColumnRequired()))
			.isEmpty();
	}

	@Test
	void droppedTableIsFound() {
		assertThat(done(Effects.on(EMAIL, null)).gone("table", "public.users").look(new TableDropped()))
			.containsExactly(new Finding("table-dropped", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"The table \"public.users\" is dropped.", PREVIOUS + "fails wherever it uses it.", """
							-- In a later release, when none in use needs it:
							-- veza: accept table-dropped <reason>
							DROP TABLE public.users;""", null));
	}

	@Test
	void droppedViewIsFound() {
		assertThat(done(Effects.on(EMAIL, null).kind(RelationKind.MATERIALIZED_VIEW))
			.gone("materialized view", "public.users")
			.look(new TableDropped())).extracting(Finding::message)
			.containsExactly("The materialized view \"public.users\" is dropped.");
	}

	@Test
	void droppedTableWhenItIsThereAgainIsNotFound() {
		assertThat(done(Effects.on(EMAIL, null)).look(new TableDropped())).isEmpty();
		assertThat(done(Effects.on(EMAIL, null)).gone("table", "public.users")
			.created("view", "public.users")
			.look(new TableDropped())).isEmpty();
	}

	@Test
	void droppedPartitionIsNotFound() {
		assertThat(done(Effects.on(Facts.partition("users_1", "users"), null)).gone("table", "public.users_1")
			.look(new TableDropped())).isEmpty();
	}

	@Test
	void renamedTableIsFound() {
		assertThat(done(Effects.on(EMAIL, table("order", column(2, "email", "text")))).gone("table", "public.users")
			.created("table", "public.\"order\"")
			.look(new TableRenamed()))
			.containsExactly(new Finding("table-renamed", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
					"The table \"public.users\" is renamed to \"public.\"order\"\".",
					PREVIOUS + "fails wherever it uses the old name.", """
							-- In the same migration, a view that reads and writes for those who know the old name:
							CREATE VIEW public.users AS SELECT email FROM public."order";
							-- In a later release, when none in use knows it:
							DROP VIEW public.users;""", null));
	}

	@Test
	void renamedTableWhenAViewTakesTheNameIsNotFound() {
		assertThat(done(Effects.on(EMAIL, table("accounts"))).statement(Effects.onNew("public.users"))
			.gone("table", "public.users")
			.created("table", "public.accounts")
			.created("view", "public.users")
			.look(new TableRenamed())).isEmpty();
	}

	private static Sections done(Effects... effects) {
		return Sections.transactional().statement(effects);
	}

}
