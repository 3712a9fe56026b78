package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestTableFacts.check;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.column;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.foreignKey;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.index;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.key;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.required;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.table;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.uniqueIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ConstraintRulesTests {

	private static final String UNTIL_CHECKED = "Whoever reads or writes the table waits until the last row is checked.";

	private static final RelationFacts USERS = table("users", column(1, "age", "integer"));

	private static final RelationFacts POSTS = table("posts", column(1, "user_id", "bigint"));

	@Test
	void checkWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("users", column(1, "age", "integer"), check(5, "users_age_check", true));

		assertThat(done(TestEffects.on(USERS, after).scanned()).check(new CheckAddedRule()))
			.containsExactly(new RehearsalFinding("check-scans-table", Severity.ERROR, "001_a.sql", 2, 1,
					"public.users",
					"Constraint \"users_age_check\" is added to \"public.users\" and all rows are checked under an ACCESS EXCLUSIVE lock.",
					UNTIL_CHECKED, """
							ALTER TABLE public.users ADD CONSTRAINT users_age_check CHECK ((age > 0)) NOT VALID;
							-- In a later migration, under a lock that keeps no reader and no writer waiting:
							ALTER TABLE public.users VALIDATE CONSTRAINT users_age_check;""", null));
	}

	@Test
	void checkWhenNotValidOrNotScannedIsNotFound() {
		RelationFacts notValid = table("users", column(1, "age", "integer"), check(5, "users_age_check", false));
		RelationFacts valid = table("users", column(1, "age", "integer"), check(5, "users_age_check", true));

		assertThat(done(TestEffects.on(USERS, notValid).scanned()).check(new CheckAddedRule())).isEmpty();
		assertThat(done(TestEffects.on(USERS, valid)).check(new CheckAddedRule())).isEmpty();
		assertThat(done(TestEffects.on(USERS, valid).scanned().rewritten()).check(new CheckAddedRule())).isEmpty();
	}

	@Test
	void checkWhenValidatedLaterIsNotFound() {
		RelationFacts notValid = table("users", check(5, "users_age_check", false));
		RelationFacts valid = table("users", check(5, "users_age_check", true));

		assertThat(done(TestEffects.on(notValid, valid).scanned().lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.check(new CheckAddedRule())).isEmpty();
	}

	@Test
	void checkWhenAColumnOfItGetsAnotherTypeIsNotFound() {
		RelationFacts before = table("users", column(1, "age", "integer"), check(5, "c", true));
		RelationFacts after = table("users", column(1, "age", "integer[]"), check(15, "c", true));

		assertThat(done(TestEffects.on(before, after).scanned()).check(new CheckAddedRule())).isEmpty();
	}

	@Test
	void checkWhenReplacedUnderItsNameIsFound() {
		RelationFacts before = table("users", check(5, "c", true));
		RelationFacts after = table("users", check(15, "c", true));

		assertThat(done(TestEffects.on(before, after).scanned()).check(new CheckAddedRule())).hasSize(1);
	}

	@Test
	void foreignKeyWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("posts", foreignKey(5, "posts_user_id_fkey", true));

		assertThat(
				done(TestEffects.on(POSTS, after).lock(LockMode.SHARE_ROW_EXCLUSIVE)).check(new ForeignKeyAddedRule()))
			.containsExactly(new RehearsalFinding("foreign-key-scans-tables", Severity.ERROR, "001_a.sql", 2, 1,
					"public.posts",
					"Foreign key \"posts_user_id_fkey\" from \"public.posts\" to \"public.users\" is added and all rows are checked under a SHARE ROW EXCLUSIVE lock on both tables.",
					"Whoever writes to one of the two tables waits until the last row is checked.",
					"""
							ALTER TABLE public.posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) NOT VALID;
							-- In a later migration, under a lock that keeps no reader and no writer waiting:
							ALTER TABLE public.posts VALIDATE CONSTRAINT posts_user_id_fkey;""",
					null));
	}

	@Test
	void foreignKeyWhenNotValidIsNotFound() {
		RelationFacts after = table("posts", foreignKey(5, "posts_user_id_fkey", false));

		assertThat(
				done(TestEffects.on(POSTS, after).lock(LockMode.SHARE_ROW_EXCLUSIVE)).check(new ForeignKeyAddedRule()))
			.isEmpty();
	}

	@Test
	void foreignKeyWhenItsColumnIsNewIsFoundOnlyIfItHasValues() {
		RelationFacts after = table("posts", column(1, "user_id", "bigint"), foreignKey(5, "fk", true));

		assertThat(done(TestEffects.on(table("posts"), after)).check(new ForeignKeyAddedRule())).isEmpty();
		assertThat(done(TestEffects.on(table("posts"), after).scanned()).check(new ForeignKeyAddedRule())).hasSize(1);
	}

	@Test
	void foreignKeyWhenTheTableIsPartitionedBeginsWithThePartitions() {
		RelationFacts after = table("posts", foreignKey(5, "fk", true));

		assertThat(done(TestEffects.on(POSTS, after).kind(RelationKind.PARTITIONED_TABLE))
			.check(new ForeignKeyAddedRule())).extracting(RehearsalFinding::rewrite).containsExactly("""
					-- For each partition:
					ALTER TABLE partition ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users(id) NOT VALID;
					-- In a later migration, for each partition:
					ALTER TABLE partition VALIDATE CONSTRAINT fk;
					-- Last, which takes over what the partitions have and checks no row:
					-- veza: accept foreign-key-scans-tables <reason>
					ALTER TABLE public.posts ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users(id);""");
	}

	@Test
	void keyWhenItsIndexIsBuiltIsFound() {
		RelationFacts after = table("users", uniqueIndex(7, "users_email_key", "email"),
				key(5, "users_email_key", "u", 7, "UNIQUE (email) DEFERRABLE"));

		assertThat(done(TestEffects.on(USERS, after)).check(new KeyAddedRule())).containsExactly(new RehearsalFinding(
				"constraint-builds-index", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
				"Constraint \"users_email_key\" of \"public.users\" builds its index under an ACCESS EXCLUSIVE lock.",
				"Whoever reads or writes the table waits until the whole index is built: the larger the table, the longer.",
				"""
						-- In a migration of its own:
						CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON public.users USING btree (email);
						-- In a later migration:
						ALTER TABLE public.users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key DEFERRABLE;""",
				null));
	}

	@Test
	void keyWhenPrimaryNeedsItsColumnsNotNull() {
		RelationFacts after = table("users", required(1, "age", "integer"), uniqueIndex(7, "users_pkey", "age"),
				key(5, "users_pkey", "p", 7, "PRIMARY KEY (age)"));

		assertThat(done(TestEffects.on(USERS, after).scanned()).check(new KeyAddedRule()))
			.extracting(RehearsalFinding::rewrite)
			.containsExactly("""
					-- In a migration of its own:
					CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON public.users USING btree (age);
					-- In a later migration, when the columns are NOT NULL:
					ALTER TABLE public.users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;""");
		assertThat(done(TestEffects.on(USERS, after).scanned()).check(new NotNullSetRule())).isEmpty();
	}

	@Test
	void keyWhenItTakesAnIndexIsNotFound() {
		RelationFacts before = table("users", uniqueIndex(7, "users_email_key", "email"));
		RelationFacts after = table("users", uniqueIndex(7, "users_email_key", "email"),
				key(5, "users_email_key", "u", 7, "UNIQUE (email)"));

		assertThat(done(TestEffects.on(before, after)).check(new KeyAddedRule())).isEmpty();
	}

	@Test
	void keyWhenItsIndexIsMadeAnewWithItsFileIsNotFound() {
		RelationFacts before = table("users", index(7, "users_pkey", "id", 70), key(5, "users_pkey", "p", 7, ""));
		RelationFacts after = table("users", index(17, "users_pkey", "id", 70),
				key(15, "users_pkey", "p", 17, "PRIMARY KEY (id)"));

		assertThat(done(TestEffects.on(before, after)).check(new KeyAddedRule())).isEmpty();
	}

	@Test
	void foreignKeyWhenTheIndexItReliesOnIsMadeAnewWithItsFileIsNotFound() {
		RelationFacts users = table("users", index(17, "users_pkey", "id", 70));
		TestEffects retyped = TestEffects.on(table("users", index(7, "users_pkey", "id", 70)), users);
		RelationFacts before = table("posts", column(1, "user_id", "bigint"), reference(5, 7));
		RelationFacts after = table("posts", column(1, "user_id", "bigint"), reference(15, 17));

		assertThat(done(retyped, TestEffects.on(before, after)).check(new ForeignKeyAddedRule())).isEmpty();
		assertThat(done(TestEffects.on(users), TestEffects.on(before, after)).check(new ForeignKeyAddedRule()))
			.hasSize(1);
	}

	@Test
	void keyWhenItExcludesIsToBeAccepted() {
		RelationFacts after = table("users", uniqueIndex(7, "no_overlap", "at"),
				key(5, "no_overlap", "x", 7, "EXCLUDE USING gist (at WITH &&)"));

		assertThat(done(TestEffects.on(USERS, after)).check(new KeyAddedRule())).extracting(RehearsalFinding::rewrite)
			.containsExactly("""
					-- PostgreSQL has no way to build this index while others write. While nobody uses the table:
					-- veza: accept constraint-builds-index <reason>
					ALTER TABLE public.users ADD CONSTRAINT no_overlap EXCLUDE USING gist (at WITH &&);""");
	}

	@Test
	void notNullWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("users", required(1, "age", "integer"));

		assertThat(done(TestEffects.on(USERS, after).scanned()).check(new NotNullSetRule()))
			.containsExactly(new RehearsalFinding("not-null-scans-table", Severity.ERROR, "001_a.sql", 2, 1,
					"public.users",
					"Column \"age\" of \"public.users\" becomes NOT NULL and all rows are checked under an ACCESS EXCLUSIVE lock.",
					UNTIL_CHECKED, """
							ALTER TABLE public.users ADD CONSTRAINT users_age_present CHECK (age IS NOT NULL) NOT VALID;
							-- In a later migration, under a lock that keeps no reader and no writer waiting:
							ALTER TABLE public.users VALIDATE CONSTRAINT users_age_present;
							-- In the one after that, which relies on the constraint and checks no row:
							ALTER TABLE public.users ALTER COLUMN age SET NOT NULL;
							ALTER TABLE public.users DROP CONSTRAINT users_age_present;""", null));
	}

	@Test
	void notNullWhenAConstraintTellsEnoughIsNotFound() {
		RelationFacts after = table("users", required(1, "age", "integer"));

		assertThat(done(TestEffects.on(USERS, after)).check(new NotNullSetRule())).isEmpty();
		assertThat(done(TestEffects.on(USERS, after).scanned().lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.check(new NotNullSetRule())).isEmpty();
	}

	@Test
	void notNullWhenThePartitionsAreCheckedIsFoundOnTheirTable() {
		RelationFacts after = table("users", required(1, "age", "integer"));
		TestEffects partition = TestEffects.on(
				TestTableFacts.partition("users_1", "users", column(1, "age", "integer")),
				TestTableFacts.partition("users_1", "users", required(1, "age", "integer")));

		assertThat(done(TestEffects.on(USERS, after).kind(RelationKind.PARTITIONED_TABLE), partition.scanned())
			.check(new NotNullSetRule())).extracting(RehearsalFinding::relation).containsExactly("public.users");
	}

	@Test
	void validatedWhenTheSameTransactionHasAddedItIsFound() {
		RelationFacts notValid = table("users", column(1, "age", "integer"), check(5, "c", false));
		RelationFacts valid = table("users", column(1, "age", "integer"), check(5, "c", true));
		TestEffects validate = TestEffects.on(notValid, valid).scanned().lockHeld();

		assertThat(done(TestEffects.on(USERS, notValid)).statement(validate).check(new ValidatedAtOnceRule()))
			.containsExactly(new RehearsalFinding("validated-in-same-transaction", Severity.ERROR, "001_a.sql", 3, 1,
					"public.users",
					"Constraint \"c\" of \"public.users\" is validated in the transaction that has added it in line 2.",
					"The lock under which it was added is held until the last row is checked, as if NOT VALID were not there.",
					"""
							ALTER TABLE public.users ADD CONSTRAINT c CHECK ((age > 0)) NOT VALID;
							-- In a later migration, under a lock that keeps no reader and no writer waiting:
							ALTER TABLE public.users VALIDATE CONSTRAINT c;""", null));
	}

	@Test
	void validatedWhenEachStatementCommitsOrItWasThereIsNotFound() {
		RelationFacts notValid = table("users", check(5, "c", false));
		RelationFacts valid = table("users", check(5, "c", true));

		assertThat(TestSections.nonTransactional()
			.statement(TestEffects.on(USERS, notValid))
			.statement(TestEffects.on(notValid, valid))
			.check(new ValidatedAtOnceRule())).isEmpty();
		assertThat(done(TestEffects.on(notValid, valid)).check(new ValidatedAtOnceRule())).isEmpty();
	}

	@Test
	void validatedWhenThePartitionsAreTooIsFoundOnce() {
		RelationFacts notValid = table("users", check(5, "c", false));
		RelationFacts valid = table("users", check(5, "c", true));
		RelationFacts partition = TestTableFacts.partition("users_1", "users");

		assertThat(done(TestEffects.on(USERS, notValid),
				TestEffects.on(partition, TestTableFacts.partition("users_1", "users", check(6, "c", false))))
			.statement(TestEffects.on(notValid, valid),
					TestEffects.on(TestTableFacts.partition("users_1", "users", check(6, "c", false)),
							TestTableFacts.partition("users_1", "users", check(6, "c", true))))
			.check(new ValidatedAtOnceRule())).extracting(RehearsalFinding::line, RehearsalFinding::relation)
			.containsExactly(tuple(3, "public.users"));
	}

	private static Constraint reference(long oid, long index) {
		return new Constraint(oid, "fk", "f", true, List.of(1), "public.users", index, "");
	}

	private static TestSections done(TestEffects... effects) {
		return TestSections.transactional().statement(effects);
	}

}
