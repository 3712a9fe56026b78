package io.veza.migrations.rehearsal.findings.convention;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.rehearsal.findings.TestSubjectBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.changes;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.column;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.index;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.makes;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.reads;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.statement;
import static org.assertj.core.api.Assertions.assertThat;

class NameRulesTests {

	@Test
	void nameThatIsNotSnakeCaseIsFoundWhereItIsMentioned() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("CREATE TABLE users ()", makes("public.users")),
					statement("ALTER TABLE users ADD COLUMN \"createdAt\" date", reads("public.users", 0)))
			.created(column(Kind.COLUMN, "\"createdAt\"", "date"));

		assertThat(subject.check(new SnakeCaseNameRule())).containsExactly(
				"""
						name-not-snake-case warning 001_a.sql:3:1 public.users
						The column "createdAt" of "public.users" has a name that is not written in snake_case.
						Every statement has to write it in double quotes, for PostgreSQL folds a name without them to lower case and then does not find it.
						-- Write created_at instead of "createdAt". Where this migration is applied already, in a new one:
						ALTER TABLE public.users RENAME COLUMN "createdAt" TO created_at;""");
	}

	@Test
	void nameThatNeedsNoQuotesIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("CREATE INDEX", makes("public.idx_users__a")))
			.created(index("idx_users__a", false, true, "a"));

		assertThat(subject.check(new SnakeCaseNameRule())).containsExactly("""
				name-not-snake-case warning 001_a.sql:2:1 public.users
				The index "idx_users__a" of "public.users" has a name that is not written in snake_case.
				It is not written as the others are, and is easily mistyped.
				-- Write idx_users_a instead of idx_users__a. Where this migration is applied already, in a new one:
				ALTER INDEX public.idx_users__a RENAME TO idx_users_a;""");
	}

	@Test
	void nameThatAvoidsReservedWordGetsAnotherOne() {
		TestSubjectBuilder subject = new TestSubjectBuilder().created(new CreatedObject(Kind.TABLE, "public.user_",
				"public.user_", "user_", "user_", null, List.of(), false, false, false, false));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement()
			.asString()
			.endsWith("ALTER TABLE public.user_ RENAME TO users;");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			SCHEMA            | "A b"       |                | ALTER SCHEMA "A b" RENAME TO a_b;
			TABLE             | x."A b"     | x."A b"        | ALTER TABLE x."A b" RENAME TO a_b;
			VIEW              | x."A b"     | x."A b"        | ALTER VIEW x."A b" RENAME TO a_b;
			MATERIALIZED_VIEW | x."A b"     | x."A b"        | ALTER MATERIALIZED VIEW x."A b" RENAME TO a_b;
			SEQUENCE          | x."A b"     |                | ALTER SEQUENCE x."A b" RENAME TO a_b;
			ROUTINE           | x."A b"(int)|                | ALTER ROUTINE x."A b"(int) RENAME TO a_b;
			TYPE              | x."A b"     |                | ALTER TYPE x."A b" RENAME TO a_b;
			CONSTRAINT        | x.t."A b"   | x.t            | ALTER TABLE x.t RENAME CONSTRAINT "A b" TO a_b;
			TRIGGER           | x.t."A b"   | x.t            | ALTER TRIGGER "A b" ON x.t RENAME TO a_b;
			""")
	void everyKindIsRenamedInItsWay(Kind kind, String identity, String relation, String rename) {
		TestSubjectBuilder subject = new TestSubjectBuilder().created(
				new CreatedObject(kind, identity, relation, "t", "A b", null, List.of(), false, false, false, false));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement().asString().endsWith(rename);
	}

	@Test
	void nameThatPostgresHasChosenIsNotFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.created(new CreatedObject(Kind.INDEX, "public.\"Users_a_idx\"", "public.\"Users\"", "Users", "Users_a_idx",
					null, List.of("a"), true, true, true, false));

		assertThat(subject.check(new SnakeCaseNameRule())).isEmpty();
		assertThat(subject.check(new IndexNameRule())).isEmpty();
		assertThat(subject.check(new UniqueNameRule())).isEmpty();
	}

	@Test
	void reservedWordIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("CREATE TABLE \"order\"", makes("public.\"order\"")))
			.created(new CreatedObject(Kind.TABLE, "public.\"order\"", "public.\"order\"", "order", "order", null,
					List.of(), false, false, false, true));

		assertThat(subject.check(new ReservedNameRule())).containsExactly(
				"""
						name-reserved warning 001_a.sql:2:1 public."order"
						The table "order" has a reserved word for a name.
						Every statement has to write it in double quotes. One that does not fails, or means something else, as user does, which is the role.
						-- Write orders instead of "order". Where this migration is applied already, in a new one:
						ALTER TABLE public."order" RENAME TO orders;""");
	}

	@Test
	void reservedWordInAnotherCaseGetsNameThatIsNotReserved() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.created(new CreatedObject(Kind.COLUMN, "public.users.\"Order\"", "public.users", "users", "Order",
					"integer", List.of(), false, false, false, true));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement()
			.asString()
			.endsWith("RENAME COLUMN \"Order\" TO users_order;");
	}

	@Test
	void reservedWordIsNoMatterForWhatIsSeldomWritten() {
		TestSubjectBuilder subject = new TestSubjectBuilder().created(new CreatedObject(Kind.TRIGGER,
				"public.t.\"check\"", "public.t", "t", "check", null, List.of(), false, false, false, true));

		assertThat(subject.check(new ReservedNameRule())).isEmpty();
	}

	@Test
	void truncatedNameIsFound() {
		StatementEffect statement = new StatementEffect(1, "CREATE", 4, 1, Observation.OBSERVED, Duration.ZERO,
				List.of(), List.of("identifier \"aab\" will be truncated to \"aa\""));

		assertThat(new TestSubjectBuilder().up(statement).check(new TruncatedNameRule())).containsExactly("""
				name-truncated warning 001_a.sql:2:1 null
				A name has more than the 63 bytes that PostgreSQL keeps: identifier "aab" will be truncated to "aa".
				The object has another name than the file says, and two long names that begin alike are the same one.
				-- Write a name of at most 63 bytes.""");
	}

	@Test
	void indexWithAnotherNameIsFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("SELECT 1"), statement("CREATE INDEX by_mail", makes("public.by_mail")))
			.created(index("by_mail", false, true, "email", "tenant_id"));

		assertThat(subject.check(new IndexNameRule())).containsExactly(
				"""
						index-name warning 001_a.sql:3:1 public.users
						The index "by_mail" of "public.users" is not called idx_users_ and its columns or its purpose.
						Who reads the name in a plan or in an error does not know the table and what the index is for.
						-- Write idx_users_email_tenant_id instead of by_mail. Where this migration is applied already, in a new one:
						ALTER INDEX public.by_mail RENAME TO idx_users_email_tenant_id;""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "idx_users_email", "idx_users_of_the_month" })
	void indexWithTheNameOfTheGuideIsNotFound(String name) {
		assertThat(new TestSubjectBuilder().created(index(name, false, true, "email")).check(new IndexNameRule()))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "idx_users_", "idx_users", "idx_user_email", "users_email", "unique_users_email" })
	void indexWithNearlyThatNameIsFound(String name) {
		assertThat(new TestSubjectBuilder().created(index(name, false, true, "email")).check(new IndexNameRule()))
			.hasSize(1);
	}

	@Test
	void indexOfLongTableNeedsNoMoreThanItsBeginning() {
		String table = "t".repeat(62);
		CreatedObject index = new CreatedObject(Kind.INDEX, "public.i", "public." + table, table,
				"idx_" + "t".repeat(59), null, List.of("a"), false, true, false, false);

		assertThat(new TestSubjectBuilder().created(index).check(new IndexNameRule())).isEmpty();
	}

	@Test
	void uniqueConstraintWithAnotherNameIsFound() {
		CreatedObject constraint = new CreatedObject(Kind.CONSTRAINT, "public.users.uq_email", "public.users", "users",
				"uq_email", null, List.of("email"), true, true, false, false);
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("CREATE TABLE users (CONSTRAINT uq_email …)", makes("public.users")))
			.created(constraint);

		assertThat(subject.check(new UniqueNameRule())).containsExactly(
				"""
						unique-name warning 001_a.sql:2:1 public.users
						The unique constraint "uq_email" of "public.users" is not called unique_users_ and its columns.
						Who reads the name in an error about a duplicate key does not know the table and which columns may not repeat.
						-- Write unique_users_email instead of uq_email. Where this migration is applied already, in a new one:
						ALTER TABLE public.users RENAME CONSTRAINT uq_email TO unique_users_email;""");
	}

	@Test
	void uniqueIndexHasToNameItsColumns() {
		assertThat(new TestSubjectBuilder().created(index("unique_users_login", true, true, "email"))
			.check(new UniqueNameRule())).hasSize(1);
		assertThat(new TestSubjectBuilder().created(index("unique_users_email", true, true, "email"))
			.check(new UniqueNameRule())).isEmpty();
	}

	@Test
	void uniqueIndexThatIsMoreThanColumnsMayNameItsPurpose() {
		assertThat(new TestSubjectBuilder().created(index("unique_users_login", true, false, "lower"))
			.check(new UniqueNameRule())).isEmpty();
		assertThat(new TestSubjectBuilder().created(index("unique_users_", true, false, "lower"))
			.check(new UniqueNameRule())).hasSize(1);
	}

	@Test
	void uniqueIndexOfLongColumnsMayNameItsPurpose() {
		assertThat(new TestSubjectBuilder().created(index("unique_users_login", true, true, "a".repeat(60)))
			.check(new UniqueNameRule())).isEmpty();
	}

	@Test
	void renamedColumnHasNewNameAndOldType() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("ALTER TABLE people RENAME TO users",
					changes(facts("people", "mail", "At"), facts("users", "mail", "At"))),
					statement("ALTER TABLE users RENAME COLUMN mail TO \"eMail\"",
							changes(facts("users", "mail", "At"), facts("users", "eMail", "At"))))
			.created(column(Kind.COLUMN, "\"At\"", "timestamp without time zone"),
					column(Kind.COLUMN, "\"eMail\"", "timestamp without time zone"));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement()
			.asString()
			.startsWith("name-not-snake-case warning 001_a.sql:3:1 public.users\nThe column \"eMail\" ");
		assertThat(subject.check(new TimestampColumnRule())).isEmpty();
	}

	@Test
	void renamedTableIsFoundWhereItIsRenamed() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("SELECT 1"),
					statement("ALTER TABLE people RENAME TO USERS_",
							changes(facts("people", "a"), facts("users_", "a"))),
					statement("SELECT 'users_'"))
			.created(new CreatedObject(Kind.TABLE, "public.users_", "public.users_", "users_", "users_", null,
					List.of(), false, false, false, false));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement()
			.asString()
			.startsWith("name-not-snake-case warning 001_a.sql:3:1 public.users_\n");
	}

	@Test
	void constraintsAndIndexesOfRenamedTableAreNotNew() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("ALTER TABLE", changes(facts("people", "a", "b"), facts("users", "a", "b"))))
			.created(index("\"I\"", false, true, "a"), new CreatedObject(Kind.CONSTRAINT, "public.users.\"C\"",
					"public.users", "users", "C", null, List.of(), false, false, false, false));

		assertThat(subject.check(new SnakeCaseNameRule())).isEmpty();
	}

	@Test
	void columnThatIsAddedToRenamedTableIsNew() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("ALTER TABLE", changes(facts("people", "a"), facts("users", "a"))),
					statement("ALTER TABLE", changes(facts("users", "a"), facts("users", "a", "B"))),
					statement("ALTER TABLE", changes(facts("users", "a", "B"), facts("users", "a", "B"))))
			.created(column(Kind.COLUMN, "\"B\"", "text"));

		assertThat(subject.check(new SnakeCaseNameRule())).singleElement()
			.asString()
			.startsWith("name-not-snake-case warning 001_a.sql:3:1 ");
	}

	private static RelationFacts facts(String table, String... columns) {
		List<RelationFacts.Column> numbered = IntStream.range(0, columns.length)
			.mapToObj((i) -> new RelationFacts.Column(i + 1, columns[i], "text", false, false, false))
			.toList();
		return new RelationFacts("public", table, "p", 0, null, numbered,
				List.of(new RelationFacts.Constraint(7, "C", "c", true, List.of(), null, 0, "")),
				List.of(new RelationFacts.Index(8, "I", false, true, 9, "")));
	}

}
