package io.veza.migrations.rehearsal.findings;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.RelationKind;

import static io.veza.migrations.rehearsal.findings.Facts.check;
import static io.veza.migrations.rehearsal.findings.Facts.column;
import static io.veza.migrations.rehearsal.findings.Facts.foreignKey;
import static io.veza.migrations.rehearsal.findings.Facts.index;
import static io.veza.migrations.rehearsal.findings.Facts.key;
import static io.veza.migrations.rehearsal.findings.Facts.required;
import static io.veza.migrations.rehearsal.findings.Facts.table;
import static io.veza.migrations.rehearsal.findings.Facts.uniqueIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ConstraintRulesTests {

	private static final String UNTIL_CHECKED = "Whoever reads or writes the table waits until the last row is checked.";

	private static final RelationFacts USERS = table("users", column(1, "age", "integer"));

	private static final RelationFacts POSTS = table("posts", column(1, "user_id", "bigint"));

	@Test
	void checkWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("users", column(1, "age", "integer"), check(5, "users_age_check", true));

		assertThat(done(Effects.on(USERS, after).scanned()).look(new CheckAdded())).containsExactly(new Finding(
				"check-scans-table", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
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

		assertThat(done(Effects.on(USERS, notValid).scanned()).look(new CheckAdded())).isEmpty();
		assertThat(done(Effects.on(USERS, valid)).look(new CheckAdded())).isEmpty();
		assertThat(done(Effects.on(USERS, valid).scanned().rewritten()).look(new CheckAdded())).isEmpty();
	}

	@Test
	void checkWhenValidatedLaterIsNotFound() {
		RelationFacts notValid = table("users", check(5, "users_age_check", false));
		RelationFacts valid = table("users", check(5, "users_age_check", true));

		assertThat(done(Effects.on(notValid, valid).scanned().lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.look(new CheckAdded())).isEmpty();
	}

	@Test
	void checkWhenAColumnOfItGetsAnotherTypeIsNotFound() {
		RelationFacts before = table("users", column(1, "age", "integer"), check(5, "c", true));
		RelationFacts after = table("users", column(1, "age", "integer[]"), check(15, "c", true));

		assertThat(done(Effects.on(before, after).scanned()).look(new CheckAdded())).isEmpty();
	}

	@Test
	void checkWhenReplacedUnderItsNameIsFound() {
		RelationFacts before = table("users", check(5, "c", true));
		RelationFacts after = table("users", check(15, "c", true));

		assertThat(done(Effects.on(before, after).scanned()).look(new CheckAdded())).hasSize(1);
	}

	@Test
	void foreignKeyWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("posts", foreignKey(5, "posts_user_id_fkey", true));

		assertThat(done(Effects.on(POSTS, after).lock(LockMode.SHARE_ROW_EXCLUSIVE)).look(new ForeignKeyAdded()))
			.containsExactly(new Finding("foreign-key-scans-tables", Severity.ERROR, "001_a.sql", 2, 1, "public.posts",
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

		assertThat(done(Effects.on(POSTS, after).lock(LockMode.SHARE_ROW_EXCLUSIVE)).look(new ForeignKeyAdded()))
			.isEmpty();
	}

	@Test
	void foreignKeyWhenItsColumnIsNewIsFoundOnlyIfItHasValues() {
		RelationFacts after = table("posts", column(1, "user_id", "bigint"), foreignKey(5, "fk", true));

		assertThat(done(Effects.on(table("posts"), after)).look(new ForeignKeyAdded())).isEmpty();
		assertThat(done(Effects.on(table("posts"), after).scanned()).look(new ForeignKeyAdded())).hasSize(1);
	}

	@Test
	void foreignKeyWhenTheTableIsPartitionedBeginsWithThePartitions() {
		RelationFacts after = table("posts", foreignKey(5, "fk", true));

		assertThat(done(Effects.on(POSTS, after).kind(RelationKind.PARTITIONED_TABLE)).look(new ForeignKeyAdded()))
			.extracting(Finding::rewrite)
			.containsExactly("""
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

		assertThat(done(Effects.on(USERS, after)).look(new KeyAdded())).containsExactly(new Finding(
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

		assertThat(done(Effects.on(USERS, after).scanned()).look(new KeyAdded())).extracting(Finding::rewrite)
			.containsExactly("""
					-- In a migration of its own:
					CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON public.users USING btree (age);
					-- In a later migration, when the columns are NOT NULL:
					ALTER TABLE public.users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;""");
		assertThat(done(Effects.on(USERS, after).scanned()).look(new NotNullSet())).isEmpty();
	}

	@Test
	void keyWhenItTakesAnIndexIsNotFound() {
		RelationFacts before = table("users", uniqueIndex(7, "users_email_key", "email"));
		RelationFacts after = table("users", uniqueIndex(7, "users_email_key", "email"),
				key(5, "users_email_key", "u", 7, "UNIQUE (email)"));

		assertThat(done(Effects.on(before, after)).look(new KeyAdded())).isEmpty();
	}

	@Test
	void keyWhenItsIndexIsMadeAnewWithItsFileIsNotFound() {
		RelationFacts before = table("users", index(7, "users_pkey", "id", 70), key(5, "users_pkey", "p", 7, ""));
		RelationFacts after = table("users", index(17, "users_pkey", "id", 70),
				key(15, "users_pkey", "p", 17, "PRIMARY KEY (id)"));

		assertThat(done(Effects.on(before, after)).look(new KeyAdded())).isEmpty();
	}

	@Test
	void foreignKeyWhenTheIndexItReliesOnIsMadeAnewWithItsFileIsNotFound() {
		RelationFacts users = table("users", index(17, "users_pkey", "id", 70));
		Effects retyped = Effects.on(table("users", index(7, "users_pkey", "id", 70)), users);
		RelationFacts before = table("posts", column(1, "user_id", "bigint"), reference(5, 7));
		RelationFacts after = table("posts", column(1, "user_id", "bigint"), reference(15, 17));

		assertThat(done(retyped, Effects.on(before, after)).look(new ForeignKeyAdded())).isEmpty();
		assertThat(done(Effects.on(users), Effects.on(before, after)).look(new ForeignKeyAdded())).hasSize(1);
	}

	@Test
	void keyWhenItExcludesIsToBeAccepted() {
		RelationFacts after = table("users", uniqueIndex(7, "no_overlap", "at"),
				key(5, "no_overlap", "x", 7, "EXCLUDE USING gist (at WITH &&)"));

		assertThat(done(Effects.on(USERS, after)).look(new KeyAdded())).extracting(Finding::rewrite).containsExactly("""
				-- PostgreSQL has no way to build this index while others write. While nobody uses the table:
				-- veza: accept constraint-builds-index <reason>
				ALTER TABLE public.users ADD CONSTRAINT no_overlap EXCLUDE USING gist (at WITH &&);""");
	}

	@Test
	void notNullWhenAllRowsAreCheckedIsFound() {
		RelationFacts after = table("users", required(1, "age", "integer"));

		assertThat(done(Effects.on(USERS, after).scanned()).look(new NotNullSet())).containsExactly(new Finding(
				"not-null-scans-table", Severity.ERROR, "001_a.sql", 2, 1, "public.users",
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

		assertThat(done(Effects.on(USERS, after)).look(new NotNullSet())).isEmpty();
		assertThat(
				done(Effects.on(USERS, after).scanned().lock(LockMode.SHARE_UPDATE_EXCLUSIVE)).look(new NotNullSet()))
			.isEmpty();
	}

	@Test
	void notNullWhenThePartitionsAreCheckedIsFoundOnTheirTable() {
		RelationFacts after = table("users", required(1, "age", "integer"));
		Effects partition = Effects.on(Facts.partition("users_1", "users", column(1, "age", "integer")),
				Facts.partition("users_1", "users", required(1, "age", "integer")));

		assertThat(done(Effects.on(USERS, after).kind(RelationKind.PARTITIONED_TABLE), partition.scanned())
			.look(new NotNullSet())).extracting(Finding::relation).containsExactly("public.users");
	}

	@Test
	void validatedWhenTheSameTransactionHasAddedItIsFound() {
		RelationFacts notValid = table("users", column(1, "age", "integer"), check(5, "c", false));
		RelationFacts valid = table("users", column(1, "age", "integer"), check(5, "c", true));
		Effects validate = Effects.on(notValid, valid).scanned().lockHeld();

		assertThat(done(Effects.on(USERS, notValid)).statement(validate).look(new ValidatedAtOnce()))
			.containsExactly(new Finding("validated-in-same-transaction", Severity.ERROR, "001_a.sql", 3, 1,
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

		assertThat(Sections.nonTransactional()
			.statement(Effects.on(USERS, notValid))
			.statement(Effects.on(notValid, valid))
			.look(new ValidatedAtOnce())).isEmpty();
		assertThat(done(Effects.on(notValid, valid)).look(new ValidatedAtOnce())).isEmpty();
	}

	@Test
	void validatedWhenThePartitionsAreTooIsFoundOnce() {
		RelationFacts notValid = table("users", check(5, "c", false));
		RelationFacts valid = table("users", check(5, "c", true));
		RelationFacts partition = Facts.partition("users_1", "users");

		assertThat(done(Effects.on(USERS, notValid),
				Effects.on(partition, Facts.partition("users_1", "users", check(6, "c", false))))
			.statement(Effects.on(notValid, valid),
					Effects.on(Facts.partition("users_1", "users", check(6, "c", false)),
							Facts.partition("users_1", "users", check(6, "c", true))))
			.look(new ValidatedAtOnce())).extracting(Finding::line, Finding::relation)
			.containsExactly(tuple(3, "public.users"));
	}

	private static Constraint reference(long oid, long index) {
		return new Constraint(oid, "fk", "f", true, List.of(1), "public.users", index, "");
	}

	private static Sections done(Effects... effects) {
		return Sections.transactional().statement(effects);
	}

}
