package io.veza.migrations.rehearsal.findings;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.RelationKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class HeavyLockRulesTests {

	private static final RelationFacts USERS = Facts.table("users");

	private static final RelationFacts ROOMS = Facts.table("rooms");

	@Test
	void secondWhenAnotherTableIsLockedIsFound() {
		assertThat(locked(Effects.on(USERS)).statement(Effects.on(USERS).lockHeld(), rooms(LockMode.SHARE))
			.look(new SecondHeavyLock()))
			.containsExactly(new Finding("second-heavy-lock", Severity.WARNING, "001_a.sql", 3, 1, "public.rooms",
					"The statement takes a SHARE lock on \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"Whoever waits for the first table also waits as long as this statement waits for the second one. Who uses both the other way round makes a deadlock.",
					"-- Move this statement to a migration of its own, which commits by itself.", null));
	}

	@Test
	void secondWhenOneStatementLocksTwoIsNotFound() {
		assertThat(locked(Effects.on(USERS), Effects.on(ROOMS)).look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void secondWhenEachStatementCommitsIsNotFound() {
		assertThat(Sections.nonTransactional()
			.statement(Effects.on(USERS))
			.statement(Effects.on(ROOMS))
			.look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void secondWhenTheOtherLockKeepsNobodyWaitingIsNotFound() {
		assertThat(locked(Effects.on(USERS)).statement(rooms(LockMode.ROW_EXCLUSIVE)).look(new SecondHeavyLock()))
			.isEmpty();
		assertThat(
				locked(rooms(LockMode.SHARE_UPDATE_EXCLUSIVE)).statement(Effects.on(USERS)).look(new SecondHeavyLock()))
			.isEmpty();
	}

	@Test
	void secondWhenATableIsNewOrAViewIsNotFound() {
		assertThat(locked(Effects.on(USERS)).statement(Effects.onNew("public.rooms")).look(new SecondHeavyLock()))
			.isEmpty();
		assertThat(locked(Effects.on(USERS)).statement(Effects.on(ROOMS).kind(RelationKind.VIEW))
			.look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void secondWhenTheTablesAreDroppedIsNotFound() {
		assertThat(locked(Effects.on(USERS, null)).statement(Effects.on(ROOMS)).look(new SecondHeavyLock())).isEmpty();
		assertThat(locked(Effects.on(USERS)).statement(Effects.on(ROOMS, null)).look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void secondWhenTheLocksAreOnTheSameTableIsNotFound() {
		RelationFacts renamed = Facts.table("accounts");

		assertThat(locked(Effects.on(USERS).lock(LockMode.SHARE)).statement(Effects.on(USERS, renamed))
			.statement(Effects.on(renamed))
			.look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void secondWhenTheLocksAreOnPartitionsOfATableIsNotFound() {
		assertThat(locked(Effects.on(Facts.partition("users_1", "users")))
			.statement(Effects.on(Facts.partition("users_2", "users")))
			.statement(Effects.on(USERS).kind(RelationKind.PARTITIONED_TABLE))
			.look(new SecondHeavyLock())).isEmpty();
	}

	@Test
	void workWhenRowsAreUpdatedUnderALockIsFound() {
		Effects update = rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3);

		assertThat(locked(Effects.on(USERS)).statement(update).look(new WorkUnderHeavyLock()))
			.containsExactly(new Finding("work-under-heavy-lock", Severity.WARNING, "001_a.sql", 3, 1, "public.rooms",
					"The statement updates rows of \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"Whoever waits for that lock waits until this work is done: the more rows, the longer.",
					"""
							-- Move this statement to a migration of its own. For many rows, in batches that commit, with
							-- veza: transaction=off""",
					null));
	}

	@Test
	void workWhenRowsAreReadOrDeletedUnderALockIsFound() {
		assertThat(locked(Effects.on(USERS)).statement(Effects.on(USERS).lockHeld().scanned())
			.statement(rooms(LockMode.ROW_EXCLUSIVE).deleted(1))
			.look(new WorkUnderHeavyLock())).extracting(Finding::message)
			.containsExactly(
					"The statement reads all rows of \"public.users\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.",
					"The statement deletes rows of \"public.rooms\", while an ACCESS EXCLUSIVE lock on \"public.users\" is held since line 2.");
	}

	@Test
	void workWhenRowsAreOnlyInsertedIsNotFound() {
		assertThat(locked(Effects.on(USERS)).statement(rooms(LockMode.ROW_EXCLUSIVE).inserted(3))
			.look(new WorkUnderHeavyLock())).isEmpty();
	}

	@Test
	void workWhenItComesBeforeTheLockIsNotFound() {
		assertThat(locked(rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3)).statement(Effects.on(ROOMS).scanned())
			.look(new WorkUnderHeavyLock())).isEmpty();
	}

	@Test
	void workWhenTheTableIsNewOrEachStatementCommitsIsNotFound() {
		Effects update = rooms(LockMode.ROW_EXCLUSIVE).scanned().updated(3);

		assertThat(locked(Effects.on(USERS)).statement(Effects.onNew("public.rooms").scanned())
			.look(new WorkUnderHeavyLock())).isEmpty();
		assertThat(Sections.nonTransactional()
			.statement(Effects.on(USERS))
			.statement(update)
			.look(new WorkUnderHeavyLock())).isEmpty();
	}

	@Test
	void workWhenWorseIsSaidOfTheStatementIsNotFound() {
		Found found = new Found("001_a.sql");
		SectionEffects section = new SectionEffects(
				locked(Effects.on(USERS)).statement(Effects.on(ROOMS).rewritten().scanned()).section());

		List.of(new TableRules(new TableRewritten()), new WorkUnderHeavyLock())
			.forEach((rule) -> rule.look(section, found));

		assertThat(found.all()).extracting(Finding::line, Finding::code).containsExactly(tuple(3, "table-rewritten"));
	}

	private static Sections locked(Effects... effects) {
		return Sections.transactional().statement(effects);
	}

	private static Effects rooms(LockMode lock) {
		return Effects.on(ROOMS).lock(lock);
	}

}
