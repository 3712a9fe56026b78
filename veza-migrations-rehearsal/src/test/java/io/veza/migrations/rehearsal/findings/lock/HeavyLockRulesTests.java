package io.veza.migrations.rehearsal.findings.lock;

import java.util.List;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.findings.EachTableRule;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.TestEffects;
import io.veza.migrations.rehearsal.findings.TestSections;
import io.veza.migrations.rehearsal.findings.TestTableFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class HeavyLockRulesTests {

	private static final RelationFacts USERS = TestTableFacts.table("users");

	private static final RelationFacts ROOMS = TestTableFacts.table("rooms");

	@Test
	void secondWhenAnotherTableIsLockedIsFound() {
		assertThat(locked(TestEffects.on(USERS)).statement(TestEffects.on(USERS).lockHeld(), rooms(LockMode.SHARE))
			.check(new SecondHeavyLockRule()))
			.containsExactly(new RehearsalFinding("second-heavy-lock", Severity.WARNING, "001_a.sql", 3, 1,
					"public.rooms",
					"The statement takes a SHARE lock on \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"Whoever waits for the first table also waits as long as this statement waits for the second one. Who uses both the other way round makes a deadlock.",
					"-- Move this statement to a migration of its own, which commits by itself.", null));
	}

	@Test
	void secondWhenOneStatementLocksTwoIsNotFound() {
		assertThat(locked(TestEffects.on(USERS), TestEffects.on(ROOMS)).check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void secondWhenEachStatementCommitsIsNotFound() {
		assertThat(TestSections.nonTransactional()
			.statement(TestEffects.on(USERS))
			.statement(TestEffects.on(ROOMS))
			.check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void secondWhenTheOtherLockKeepsNobodyWaitingIsNotFound() {
		assertThat(
				locked(TestEffects.on(USERS)).statement(rooms(LockMode.ROW_EXCLUSIVE)).check(new SecondHeavyLockRule()))
			.isEmpty();
		assertThat(locked(rooms(LockMode.SHARE_UPDATE_EXCLUSIVE)).statement(TestEffects.on(USERS))
			.check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void secondWhenATableIsNewOrAViewIsNotFound() {
		assertThat(locked(TestEffects.on(USERS)).statement(TestEffects.onNew("public.rooms"))
			.check(new SecondHeavyLockRule())).isEmpty();
		assertThat(locked(TestEffects.on(USERS)).statement(TestEffects.on(ROOMS).kind(RelationKind.VIEW))
			.check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void secondWhenTheTablesAreDroppedIsNotFound() {
		assertThat(
				locked(TestEffects.on(USERS, null)).statement(TestEffects.on(ROOMS)).check(new SecondHeavyLockRule()))
			.isEmpty();
		assertThat(
				locked(TestEffects.on(USERS)).statement(TestEffects.on(ROOMS, null)).check(new SecondHeavyLockRule()))
			.isEmpty();
	}

	@Test
	void secondWhenTheLocksAreOnTheSameTableIsNotFound() {
		RelationFacts renamed = TestTableFacts.table("accounts");

		assertThat(locked(TestEffects.on(USERS).lock(LockMode.SHARE)).statement(TestEffects.on(USERS, renamed))
			.statement(TestEffects.on(renamed))
			.check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void secondWhenTheLocksAreOnPartitionsOfATableIsNotFound() {
		assertThat(locked(TestEffects.on(TestTableFacts.partition("users_1", "users")))
			.statement(TestEffects.on(TestTableFacts.partition("users_2", "users")))
			.statement(TestEffects.on(USERS).kind(RelationKind.PARTITIONED_TABLE))
			.check(new SecondHeavyLockRule())).isEmpty();
	}

	@Test
	void workWhenRowsAreUpdatedUnderALockIsFound() {
		TestEffects update = rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3);

		assertThat(locked(TestEffects.on(USERS)).statement(update).check(new WorkUnderHeavyLockRule()))
			.containsExactly(new RehearsalFinding("work-under-heavy-lock", Severity.WARNING, "001_a.sql", 3, 1,
					"public.rooms",
					"The statement updates rows of \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"Whoever waits for that lock waits until this work is done: the more rows, the longer.",
					"""
							-- Move this statement to a migration of its own. For many rows, in batches that commit, with
							-- veza: transaction=off""",
					null));
	}

	@Test
	void workWhenRowsAreReadOrDeletedUnderALockIsFound() {
		assertThat(locked(TestEffects.on(USERS)).statement(TestEffects.on(USERS).lockHeld().scanned())
			.statement(rooms(LockMode.ROW_EXCLUSIVE).deleted(1))
			.check(new WorkUnderHeavyLockRule())).extracting(RehearsalFinding::message)
			.containsExactly(
					"The statement reads all rows of \"public.users\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"The statement deletes rows of \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.");
	}

	@Test
	void workWhenRowsAreOnlyInsertedIsNotFound() {
		assertThat(locked(TestEffects.on(USERS)).statement(rooms(LockMode.ROW_EXCLUSIVE).inserted(3))
			.check(new WorkUnderHeavyLockRule())).isEmpty();
	}

	@Test
	void workWhenItComesBeforeTheLockIsNotFound() {
		assertThat(locked(rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3)).statement(TestEffects.on(ROOMS).scanned())
			.check(new WorkUnderHeavyLockRule())).isEmpty();
	}

	@Test
	void workWhenTheTableIsNewOrEachStatementCommitsIsNotFound() {
		TestEffects update = rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3);

		assertThat(locked(TestEffects.on(USERS)).statement(TestEffects.onNew("public.rooms").scanned())
			.check(new WorkUnderHeavyLockRule())).isEmpty();
		assertThat(TestSections.nonTransactional()
			.statement(TestEffects.on(USERS))
			.statement(update)
			.check(new WorkUnderHeavyLockRule())).isEmpty();
	}

	@Test
	void workWhenWorseIsSaidOfTheStatementIsNotFound() {
		FindingCollector found = new FindingCollector("001_a.sql");
		ObservedSection section = new ObservedSection(
				locked(TestEffects.on(USERS)).statement(TestEffects.on(ROOMS).rewritten().scanned()).section());

		List.of(new EachTableRule(new TableRewrittenRule()), new WorkUnderHeavyLockRule())
			.forEach((rule) -> rule.check(section, found));

		assertThat(found.all()).extracting(RehearsalFinding::line, RehearsalFinding::code)
			.containsExactly(tuple(3, "table-rewritten"));
	}

	private static TestSections locked(TestEffects... effects) {
		return TestSections.transactional().statement(effects);
	}

	private static TestEffects rooms(LockMode lock) {
		return TestEffects.on(ROOMS).lock(lock);
	}

}
