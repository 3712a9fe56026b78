package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;
import java.util.stream.IntStream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.findings.TestSubjectBuilder;
import io.veza.migrations.sql.SqlFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.fresh;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.gone;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.inserts;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.reads;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.statement;
import static org.assertj.core.api.Assertions.assertThat;

class ReversibilityRulesTests {

	private static final CatalogDifference INDEX_GONE = gone("index", "public.idx", "public.users",
			"CREATE INDEX idx ON public.users USING btree (email)");

	@Test
	void upThatFailsIsFound() {
		SqlFailure failure = new SqlFailure("001_a.sql", 3, 7, null, "42P01", "relation \"users\" does not exist",
				"It is gone.", "Make it.", null, null);

		assertThat(new TestSubjectBuilder().upFails(failure).check(new SectionFailureRule())).containsExactly("""
				up-fails error 001_a.sql:3:7 null
				The UP fails: relation "users" does not exist (SQLSTATE 42P01)
				Detail: It is gone.
				Hint: Make it.
				The migration stops here, and the release with it. Nothing of it is kept.
				-- Correct the statement. If it needs what only production has, rehearse with a dump of its schema and \
				with fixtures.""");
	}

	@Test
	void downThatFailsIsFound() {
		SqlFailure failure = new SqlFailure("001_a.sql", 0, 0, null, null, "no", null, null, null, null);

		assertThat(new TestSubjectBuilder().downFails(failure).check(new SectionFailureRule())).containsExactly("""
				down-fails error 001_a.sql:1:1 null
				The DOWN fails: no
				There is no way back: a rollback stops here. What ran before stays, for it is not in a transaction.
				-- Take the changes back in the opposite order of the UP, or say that there is no way back:
				-- irreversible: <reason>""");
	}

	@Test
	void secondUpThatFailsIsFoundWithTheAdviceThatItHas() {
		SqlFailure failure = new SqlFailure("001_a.sql", 3, 1, null, "42P07", "relation \"t\" already exists", null,
				null, null, "Drop it.\nThen go on.");

		assertThat(new TestSubjectBuilder().againFails(failure).check(new SectionFailureRule())).containsExactly("""
				up-fails-again error 001_a.sql:3:1 null
				The UP fails after the DOWN: relation "t" already exists (SQLSTATE 42P07)
				After a rollback the corrected release cannot be deployed before somebody has cleaned up by hand.
				-- Drop it.
				-- Then go on.""");
	}

	@Test
	void statementThatConcernsTheServerIsFoundInsteadOfFailure() {
		SqlFailure failure = new SqlFailure("001_a.sql", 3, 1, null, "VZ004", "CREATE ROLE is refused", null, null,
				null, null);

		assertThat(new TestSubjectBuilder().upFails(failure).check(new SectionFailureRule())).containsExactly(
				"""
						cluster-wide-statement error 001_a.sql:3:1 null
						CREATE ROLE is refused.
						What belongs to no database is there for all of them: the rehearsal would have changed it for real, and \
						what the migration does from here on is not known.
						-- Do it where the server is set up, or rehearse on a server of which nothing is kept:
						-- veza.migrations.rehearsal.disposable-server=true""");
	}

	@Test
	void nothingFailed() {
		assertThat(new TestSubjectBuilder().check(new SectionFailureRule())).isEmpty();
	}

	@Test
	void downThatDoesNotRestoreIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.down(List.of(fresh("table", "public.t", "public.t", "TABLE")), statement("CREATE TABLE t ()"))
			.reversibility(Reversibility.NO, gone("owner", "table public.users", "public.users", "me"), INDEX_GONE,
					fresh("column", "public.users.\"A\"", "public.users", "integer"),
					new CatalogDifference("column order", "public.users", "public.users", "a", "b"));

		assertThat(subject.check(new SchemaNotRestoredRule())).containsExactly("""
				down-does-not-restore error 001_a.sql:20:1 null
				The DOWN does not restore the schema:
				  index public.idx is gone: CREATE INDEX idx ON public.users USING btree (email)
				  column public.users."A" is there and was not: integer
				  owner table public.users is gone: me
				After a rollback the previous release works with a schema that it was never tested with.
				-- in the DOWN, beside what it does:
				CREATE INDEX idx ON public.users USING btree (email);
				ALTER TABLE public.users DROP COLUMN "A";
				-- make it again as it was: owner table public.users: me""");
	}

	@Test
	void columnThatIsAddedAgainHasLostItsValues() {
		CatalogDifference email = new CatalogDifference("column", "public.users.email", "public.users", "text NOT NULL",
				"text");
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(List.of(gone("column", "public.users.email", "public.users", "text NOT NULL")))
			.down(List.of(fresh("column", "public.users.email", "public.users", "text")))
			.reversibility(Reversibility.NO, email);

		assertThat(subject.check(new SchemaNotRestoredRule())).containsExactly(
				"""
						down-does-not-restore error 001_a.sql:1:1 null
						The DOWN does not restore the schema:
						  column public.users.email differs: it was text NOT NULL and is text
						After a rollback the previous release works with a schema that it was never tested with. The DOWN adds \
						"public.users.email" again, but the values are gone for good, unless it fills them in from where the UP \
						has kept them. Expand and contract instead: stop using it, and drop it in a later migration whose DOWN \
						says that it is irreversible.
						-- in the DOWN, beside what it does:
						-- make it again as it was: column public.users.email: text NOT NULL""");
	}

	@Test
	void tableThatIsCreatedAgainIsNamedInsteadOfItsColumns() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(List.of(gone("column", "public.t.a", "public.t", "text"),
					gone("table", "public.t", "public.t", "TABLE")))
			.down(List.of(fresh("column", "public.t.a", "public.t", "text"),
					fresh("table", "public.t", "public.t", "TABLE")))
			.reversibility(Reversibility.NO, INDEX_GONE);

		assertThat(subject.check(new SchemaNotRestoredRule())).singleElement()
			.asString()
			.contains("The DOWN adds \"public.t\" again, but");
	}

	@Test
	void onlyTheFirstLostColumnsAreNamed() {
		List<String> columns = IntStream.rangeClosed(1, 7).mapToObj((i) -> "public.t.c" + i).toList();
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(columns.stream().map((column) -> gone("column", column, "public.t", "text")).toList())
			.down(columns.stream().map((column) -> fresh("column", column, "public.t", "text")).toList())
			.reversibility(Reversibility.NO, INDEX_GONE);

		assertThat(subject.check(new SchemaNotRestoredRule())).singleElement()
			.asString()
			.contains("\"public.t.c4\", \"public.t.c5\" and 2 more again, but");
	}

	@Test
	void onlyTheFirstDifferencesAreShown() {
		CatalogDifference[] differences = IntStream.rangeClosed(1, 7)
			.mapToObj((i) -> gone("view", "public.v" + i, "public.v" + i, "AS " + "x".repeat(300)))
			.toArray(CatalogDifference[]::new);
		TestSubjectBuilder subject = new TestSubjectBuilder().down(List.of(INDEX_GONE))
			.reversibility(Reversibility.NO, differences);

		assertThat(subject.check(new SchemaNotRestoredRule())).singleElement()
			.asString()
			.contains("\n  view public.v5 is gone: AS " + "x".repeat(132) + "…\n  and 2 more\n")
			.doesNotContain("public.v6");
	}

	@Test
	void otherOrderOfColumnsIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder().down(List.of(), statement("SELECT 1"))
			.reversibility(Reversibility.EXCEPT_COLUMN_ORDER, new CatalogDifference("column order", "public.users",
					"public.users", "id, email, name", "id, name, email"));

		assertThat(subject.check(new SchemaNotRestoredRule())).containsExactly(
				"""
						down-changes-column-order advice 001_a.sql:20:1 null
						The DOWN leaves the columns in another order:
						  column order public.users differs: it was id, email, name and is id, name, email
						What relies on the order reads or writes the wrong columns: SELECT *, INSERT and COPY without a list of columns.
						-- PostgreSQL adds a column as the last one. If nothing relies on the order:
						-- veza: accept down-changes-column-order <reason>""");
	}

	@ParameterizedTest
	@EnumSource(value = Reversibility.class, names = { "EXACT", "DOWN_FAILED", "EXCEPT_WHITE_SPACE", "UP_FAILED" })
	void otherVerdictsAreNotFound(Reversibility reversibility) {
		assertThat(new TestSubjectBuilder().reversibility(reversibility, INDEX_GONE).check(new SchemaNotRestoredRule()))
			.isEmpty();
	}

	@Test
	void downThatDoesNothingIsFoundInsteadOfOneThatDoesNotRestore() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(List.of(INDEX_GONE))
			.down(List.of(), statement("SELECT 1", reads("public.users", 2)))
			.reversibility(Reversibility.NO, INDEX_GONE);

		assertThat(subject.check(new SchemaNotRestoredRule())).isEmpty();
		assertThat(subject.check(new UnsaidIrreversibilityRule())).containsExactly(
				"""
						irreversible-unsaid error 001_a.sql:20:1 null
						The DOWN takes nothing back, but the UP has changed the schema:
						  index public.idx is gone: CREATE INDEX idx ON public.users USING btree (email)
						A rollback reports that all is well and leaves everything as it is; then the UP runs on what it has changed already.
						-- irreversible: <reason>""");
	}

	@Test
	void rowsThatDownLeavesAreFoundThoughTheSchemaIsRestored() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("INSERT", inserts("public.users", 2)));

		assertThat(subject.check(new UnsaidIrreversibilityRule())).containsExactly(
				"""
						irreversible-unsaid error 001_a.sql:1:1 null
						The DOWN takes nothing back, but the UP has changed rows of "public.users".
						A rollback reports that all is well and leaves everything as it is; then the UP runs on what it has changed already.
						-- irreversible: <reason>""");
	}

	@Test
	void downThatWritesRowsTakesThemBack() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("INSERT", inserts("public.users", 2)))
			.down(List.of(), statement("INSERT", inserts("public.users", 1)));

		assertThat(subject.check(new UnsaidIrreversibilityRule())).isEmpty();
	}

	@Test
	void upThatOnlyReadsNeedsNoWayBack() {
		assertThat(new TestSubjectBuilder().up(statement("SELECT", reads("public.users", 2)))
			.check(new UnsaidIrreversibilityRule())).isEmpty();
	}

	@Test
	void migrationThatSaysThereIsNoWayBackIsNotJudged() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("INSERT", inserts("public.users", 2)))
			.reversibility(Reversibility.NO, INDEX_GONE)
			.irreversible();

		assertThat(subject.check(new SchemaNotRestoredRule())).isEmpty();
		assertThat(subject.check(new UnsaidIrreversibilityRule())).isEmpty();
	}

	@Test
	void secondUpThatLeavesSomethingElseIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(List.of(fresh("column", "public.users.a", "public.users", "integer"),
					fresh("column", "public.users.b", "public.users", "text")), statement("ALTER TABLE"))
			.down(List.of(gone("column", "public.users.b", "public.users", "text"), INDEX_GONE))
			.again(List.of(fresh("column", "public.users.b", "public.users", "text")));

		assertThat(subject.check(new SecondUpRule())).containsExactly(
				"""
						up-differs-again warning 001_a.sql:2:1 null
						The UP leaves something else after the DOWN than the first time:
						  index public.idx is gone: CREATE INDEX idx ON public.users USING btree (email)
						A database that was rolled back and migrated again is not like one that was migrated once.
						-- Take all of the UP back in the DOWN, and let the UP do the same whatever it finds: without IF NOT EXISTS and OR REPLACE.""");
	}

	@Test
	void secondUpThatDoesTheSameIsNotFound() {
		assertThat(new TestSubjectBuilder().up(List.of(INDEX_GONE)).check(new SecondUpRule())).isEmpty();
	}

	@Test
	void rowsThatAreNotRestoredAreFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("SELECT", reads("public.users", 2)), statement("INSERT", inserts("public.users", 2)))
			.data(new RowDifference("public.users", 1, 0, 2, List.of("1", "2")));

		assertThat(subject.check(new RowsNotRestoredRule())).containsExactly("""
				data-not-restored warning 001_a.sql:3:1 public.users
				The DOWN does not restore the rows: table public.users: 1 row(s) gone, 0 added, 2 changed, such as 1, 2
				After a rollback the rows of production are not what they were before the migration.
				-- in the UP, before the change:
				CREATE TABLE rows_before AS SELECT * FROM public.users;
				-- in the DOWN: put back by key what differs, then
				DROP TABLE rows_before;
				-- or say in the DOWN that there is no way back:
				-- irreversible: <reason>""");
	}

	@Test
	void valuesOfColumnsOfOtherTablesAreNotMissed() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(List.of(gone("column", "public.users.email", "public.users", "text")),
					statement("ALTER TABLE", reads("public.users", 0)))
			.down(List.of(fresh("column", "public.users.email", "public.users", "text")), statement("ALTER TABLE"))
			.data(new RowDifference("public.users", 0, 0, 2, List.of()),
					new RowDifference("public.other", 0, 0, 2, List.of()));

		List<String> found = subject.check(new RowsNotRestoredRule());

		assertThat(found.get(0)).startsWith("data-not-restored warning 001_a.sql:2:1 public.users\n")
			.contains("\"public.users.email\" again");
		assertThat(found.get(1)).startsWith("data-not-restored warning 001_a.sql:20:1 public.other\n")
			.doesNotContain("again");
	}

}
