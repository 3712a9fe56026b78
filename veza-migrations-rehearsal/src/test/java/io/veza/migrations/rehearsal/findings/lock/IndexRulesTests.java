package io.veza.migrations.rehearsal.findings.lock;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestTableFacts.column;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.index;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.key;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.table;
import static io.veza.migrations.rehearsal.findings.TestTableFacts.uniqueIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class IndexRulesTests {

	private static final RelationFacts NO_INDEX = table("users");

	private static final RelationFacts INDEXED = table("users", index(7, "idx_users_email", "email"));

	private static final RelationFacts KEYED = table("users", uniqueIndex(8, "users_pkey", "id"),
			key(9, "users_pkey", "p", 8, "PRIMARY KEY (id)"));

	@Test
	void builtWhenWritersWaitIsFound() {
		assertThat(built(TestEffects.on(NO_INDEX, INDEXED).lock(LockMode.SHARE)).check(new IndexBuiltRule()))
			.containsExactly(new RehearsalFinding("index-blocks-writes", Severity.ERROR, "001_a.sql", 2, 1,
					"public.users", "Index \"idx_users_email\" is built on \"public.users\" under a SHARE lock.",
					"Whoever writes to the table waits until the whole index is built: the larger the table, the longer.",
					"""
							-- In a migration of its own:
							CREATE INDEX CONCURRENTLY idx_users_email ON public.users USING btree (email);""", null));
	}

	@Test
	void builtWhenUniqueIsRewrittenAsUnique() {
		RelationFacts unique = table("users", uniqueIndex(7, "unique_users_email", "email"));

		assertThat(built(TestEffects.on(NO_INDEX, unique)).check(new IndexBuiltRule()))
			.extracting(RehearsalFinding::rewrite)
			.containsExactly("""
					-- In a migration of its own:
					CREATE UNIQUE INDEX CONCURRENTLY unique_users_email ON public.users USING btree (email);""");
	}

	@Test
	void builtWhenConcurrentlyIsNotFound() {
		assertThat(built(TestEffects.on(NO_INDEX, INDEXED).lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.check(new IndexBuiltRule())).isEmpty();
	}

	@Test
	void builtWhenItServesAConstraintIsNotFound() {
		assertThat(built(TestEffects.on(NO_INDEX, KEYED)).check(new IndexBuiltRule())).isEmpty();
	}

	@Test
	void builtWhenTheTableIsNewIsNotFound() {
		assertThat(built(TestEffects.onNew("public.users")).check(new IndexBuiltRule())).isEmpty();
	}

	@Test
	void builtWhenTheTableWasRenamedBeforeNamesIt() {
		RelationFacts renamed = table("accounts");
		RelationFacts indexed = table("accounts", index(7, "idx_users_email", "email"));

		assertThat(TestSections.transactional()
			.statement(TestEffects.on(NO_INDEX, renamed))
			.statement(TestEffects.on(renamed, indexed))
			.check(new IndexBuiltRule()))
			.extracting(RehearsalFinding::line, RehearsalFinding::relation, RehearsalFinding::message)
			.containsExactly(tuple(3, "public.users",
					"Index \"idx_users_email\" is built on \"public.accounts\" under an ACCESS EXCLUSIVE lock."));
	}

	@Test
	void builtWhenTheTableIsPartitionedIsFoundOnce() {
		RelationFacts parted = table("users", index(7, "idx_users_email", "email"));
		TestEffects parent = TestEffects.on(NO_INDEX, parted).kind(RelationKind.PARTITIONED_TABLE).lock(LockMode.SHARE);
		TestEffects partition = TestEffects
			.on(TestTableFacts.partition("users_1", "users"),
					TestTableFacts.partition("users_1", "users", index(8, "i", "email")))
			.lock(LockMode.SHARE);

		assertThat(built(partition, parent).check(new IndexBuiltRule()))
			.extracting(RehearsalFinding::relation, RehearsalFinding::rewrite)
			.containsExactly(tuple("public.users", """
					-- The index of the partitioned table alone, which builds nothing:
					CREATE INDEX idx_users_email ON public.users USING btree (email);
					-- For each partition, in a migration of its own:
					CREATE INDEX CONCURRENTLY index_of_partition ON partition (…);
					-- Last, for each partition:
					ALTER INDEX public.idx_users_email ATTACH PARTITION index_of_partition;"""));
	}

	@Test
	void builtWhenOnAPartitionedTableAloneIsNotFound() {
		RelationFacts alone = table("users", new Index(7, "i", false, false, 0, "CREATE INDEX i ON ONLY public.users"));

		assertThat(built(TestEffects.on(NO_INDEX, alone).kind(RelationKind.PARTITIONED_TABLE).lock(LockMode.SHARE))
			.check(new IndexBuiltRule())).isEmpty();
	}

	@Test
	void droppedWhenReadersWaitIsFound() {
		assertThat(built(TestEffects.on(INDEXED, NO_INDEX)).check(new IndexDroppedRule()))
			.containsExactly(new RehearsalFinding("index-drop-blocks-reads", Severity.WARNING, "001_a.sql", 2, 1,
					"public.users",
					"Index \"idx_users_email\" of \"public.users\" is dropped under an ACCESS EXCLUSIVE lock.",
					"Whoever reads or writes the table waits, as long as this statement waits for those who use it now, and then until the transaction ends.",
					"""
							-- In a migration of its own:
							DROP INDEX CONCURRENTLY public.idx_users_email;""", null));
	}

	@Test
	void droppedWhenConcurrentlyIsNotFound() {
		assertThat(built(TestEffects.on(INDEXED, NO_INDEX).lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.check(new IndexDroppedRule())).isEmpty();
	}

	@Test
	void droppedWhenTheLockIsHeldAnywayIsNotFound() {
		assertThat(built(TestEffects.on(INDEXED, NO_INDEX).lockHeld()).check(new IndexDroppedRule())).isEmpty();
	}

	@Test
	void droppedWhenAConstraintOrAColumnGoesIsNotFound() {
		RelationFacts email = table("users", column(2, "email", "text"), index(7, "idx_users_email", "email"));

		assertThat(built(TestEffects.on(KEYED, NO_INDEX)).check(new IndexDroppedRule())).isEmpty();
		assertThat(built(TestEffects.on(email, NO_INDEX)).check(new IndexDroppedRule())).isEmpty();
	}

	@Test
	void droppedWhenTheTableIsPartitionedIsToBeAccepted() {
		assertThat(built(TestEffects.on(INDEXED, NO_INDEX).kind(RelationKind.PARTITIONED_TABLE))
			.check(new IndexDroppedRule())).extracting(RehearsalFinding::rewrite).containsExactly("""
					-- PostgreSQL cannot drop the index of a partitioned table concurrently. Alone in its migration:
					-- veza: lock-timeout=1s
					-- veza: accept index-drop-blocks-reads <reason>
					DROP INDEX public.idx_users_email;""");
	}

	@Test
	void rebuiltWhenWritersWaitIsFound() {
		RelationFacts before = table("users", index(7, "a", "x", 1), index(8, "b", "y", 2), index(9, "c", "z", 3));
		RelationFacts after = table("users", index(7, "a", "x", 4), index(8, "b", "y", 5), index(9, "c", "z", 3));

		assertThat(built(TestEffects.on(before, after).lock(LockMode.SHARE)).check(new IndexRebuiltRule()))
			.containsExactly(new RehearsalFinding("reindex-blocks-writes", Severity.ERROR, "001_a.sql", 2, 1,
					"public.users", "Indexes \"a\", \"b\" of \"public.users\" are built again under a SHARE lock.",
					"Whoever writes to the table waits until that is done, and so does who reads it.", """
							-- In a migration of its own:
							REINDEX INDEX CONCURRENTLY public.a;
							REINDEX INDEX CONCURRENTLY public.b;""", null));
	}

	@Test
	void rebuiltWhenTheTableIsRewrittenOrTruncatedIsNotFound() {
		RelationFacts after = table("users", index(7, "idx_users_email", "email", 8));

		assertThat(built(TestEffects.on(INDEXED, after).rewritten()).check(new IndexRebuiltRule())).isEmpty();
		assertThat(built(TestEffects.on(INDEXED, after).truncated()).check(new IndexRebuiltRule())).isEmpty();
	}

	@Test
	void rebuiltWhenConcurrentlyIsNotFound() {
		RelationFacts after = table("users", index(17, "idx_users_email", "email"));

		assertThat(built(TestEffects.on(INDEXED, after).lock(LockMode.SHARE_UPDATE_EXCLUSIVE))
			.check(new IndexRebuiltRule())).isEmpty();
	}

	@Test
	void rebuiltWhenAColumnGetsATypeOfAnotherOrderNamesTheWay() {
		RelationFacts before = table("users", column(1, "at", "timestamp"), index(7, "i", "at"));
		TestSections section = built(
				TestEffects.on(before, table("users", column(1, "at", "timestamptz"), index(17, "i", "at"))));

		assertThat(section.check(new IndexRebuiltRule()))
			.extracting(RehearsalFinding::message, RehearsalFinding::rewrite)
			.containsExactly(tuple("Index \"i\" of \"public.users\" is built again under an ACCESS EXCLUSIVE lock.",
					"""
							-- First, with a trigger that fills it in rows that are written from now on:
							ALTER TABLE public.users ADD COLUMN at_new timestamptz;
							-- Then, in a migration with "-- veza: transaction=off", in batches that commit, until no row is left:
							UPDATE public.users SET at_new = at::timestamptz WHERE ctid = ANY (ARRAY(
							    SELECT ctid FROM public.users WHERE at_new IS NULL AND at IS NOT NULL LIMIT 1000));
							-- When no release in use reads or writes the old column:
							ALTER TABLE public.users DROP COLUMN at;"""));
		assertThat(section.check(new IndexBuiltRule())).isEmpty();
		assertThat(section.check(new IndexDroppedRule())).isEmpty();
	}

	@Test
	void rebuiltWhenAColumnKeepsItsFilesIsNotFound() {
		RelationFacts before = table("users", column(1, "name", "varchar(10)"), index(7, "i", "name", 1));

		assertThat(built(TestEffects.on(before, table("users", column(1, "name", "text"), index(17, "i", "name", 1))))
			.check(new IndexRebuiltRule())).isEmpty();
	}

	@Test
	void rebuiltWhenAConstraintIsMadeAnewIsNotFound() {
		RelationFacts again = table("users", uniqueIndex(18, "users_pkey", "id"),
				key(19, "users_pkey", "p", 18, "PRIMARY KEY (id)"));

		assertThat(built(TestEffects.on(KEYED, again)).check(new IndexRebuiltRule())).isEmpty();
		assertThat(built(TestEffects.on(KEYED, again)).check(new KeyAddedRule())).hasSize(1);
	}

	private static TestSections built(TestEffects... effects) {
		return TestSections.transactional().statement(effects);
	}

}
