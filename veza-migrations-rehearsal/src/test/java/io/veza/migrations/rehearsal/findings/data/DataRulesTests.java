package io.veza.migrations.rehearsal.findings.data;

import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.rehearsal.findings.TestSubjectBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.effect;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.inserts;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.makes;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.reads;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.statement;
import static org.assertj.core.api.Assertions.assertThat;

class DataRulesTests {

	@Test
	void rowsThatAreInsertedAreFoundOnceForTheirTable() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("CREATE", makes("public.roles")),
				statement("INSERT", inserts("public.roles", 3)), statement("INSERT", inserts("public.roles", 1)));

		assertThat(subject.check(new InsertedRowsRule())).containsExactly("""
				rows-inserted warning 001_a.sql:3:1 public.roles
				The UP inserts 3 row(s) into "public.roles", which is not declared to hold reference data.
				Every database gets them, production too, and nothing tells them from the rows of users afterwards.
				-- If all databases need these rows, declare the table:
				-- veza.migrations.rehearsal.reference-tables=public.roles
				-- If not, leave them to a seeder that runs where they are wanted.""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles", "ROLES", "public.roles", "\"public\".Roles", " roles " })
	void rowsOfReferenceTableAreNot(String name) {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("INSERT", inserts("public.roles", 3)))
			.referenceTables(name);

		assertThat(subject.check(new InsertedRowsRule())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "other.roles", "\"Roles\"", "public", "role", "a.public.roles" })
	void otherTablesThatAreDeclaredDoNotMatter(String name) {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("INSERT", inserts("public.roles", 3)))
			.referenceTables(name);

		assertThat(subject.check(new InsertedRowsRule())).hasSize(1);
	}

	@Test
	void partitionsOfReferenceTableAreDeclaredToo() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("INSERT", inserts("public.roles_1", 3),
					effect("public.roles", RelationKind.PARTITIONED_TABLE, true, 0, 0, null, null)))
			.referenceTables("roles");

		assertThat(subject.check(new InsertedRowsRule())).isEmpty();
	}

	@Test
	void rowsThatAreCopiedAreNotFound() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("INSERT … SELECT", inserts("public.emails", 3), reads("public.users", 3)));

		assertThat(subject.check(new InsertedRowsRule())).isEmpty();
	}

	@Test
	void rowsThatLookLikeTestsAreFoundOnceForTheirTable() {
		TestSubjectBuilder subject = new TestSubjectBuilder()
			.up(statement("CREATE", makes("public.users")), statement("INSERT", inserts("public.users", 3)))
			.suspects(new SuspectRow("public.users", "email", "test@example.com"),
					new SuspectRow("public.users", "first_name", "Test"));

		assertThat(subject.check(new TestDataRule())).containsExactly(
				"""
						test-data error 001_a.sql:3:1 public.users
						The UP inserts what looks like tests into "public.users":
						  email = 'test@example.com'
						  first_name = 'Test'
						Production gets these rows, and whoever knows them may use them: accounts with known passwords among them.
						-- Leave them to a seeder that runs where they are wanted, or to fixtures of the rehearsal:
						-- veza.migrations.rehearsal.fixtures""");
	}

	@Test
	void rowsOfNoKnownStatementAreFoundAtTheFirstOne() {
		TestSubjectBuilder subject = new TestSubjectBuilder().up(statement("SELECT f()"))
			.suspects(new SuspectRow("public.users", "email", "test"));

		assertThat(subject.check(new TestDataRule())).singleElement()
			.asString()
			.startsWith("test-data error 001_a.sql:2:1 ");
	}

}
