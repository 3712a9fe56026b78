package io.veza.migrations.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import io.veza.migrations.Reversibility;
import io.veza.migrations.RollbackProblem;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class RehearsalPlanChecksTests {

	private static final MigrationVersion V1 = MigrationVersion.of("1");

	private final Migration file = TestMigration.file("1").build();

	private final MigrationHistory applied = TestHistory.history().applied("1").build();

	@Test
	void rollbackOfWhatIsKnownNotToRestoreIsRefused() {
		MigrationPlan plan = rollback(known(Reversibility.NO, "column b is gone", "index c\ndiffers"), this.applied,
				false);

		assertThat(plan.problems()).extracting(PlanProblem::message).containsExactly("""
				The rehearsal of version "1" (step) has shown that its DOWN does not restore the schema:
				  column b is gone
				  index c
				  differs
				Correct the DOWN and rehearse it again, or roll back nevertheless with "force": true \
				(veza.migrations.rollback.force=true for the command).""");
		assertThat(plan.steps()).singleElement().extracting(PlanStep::rehearsal).isNotNull();
	}

	@Test
	void rollbackThatIsForcedIsWarnedOf() {
		MigrationPlan plan = rollback(known(Reversibility.DOWN_FAILED), this.applied, true);

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("The rehearsal of version \"1\" (step) has shown that its DOWN "
				+ "fails. It runs nevertheless, because \"force\" is set.");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "NO", "DOWN_FAILED" })
	void rollbackOfAnythingElseIsNot(Reversibility verdict) {
		MigrationPlan plan = rollback(known(verdict), this.applied, false);

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
		assertThat(plan.steps().get(0).rehearsal()).isNotNull();
	}

	@Test
	void rollbackOfWhatSaysThatThereIsNoWayBackIsRefusedForThatOnly() {
		Migration oneWay = TestMigration.file("1").down(TestSections.irreversible("gone")).build();
		KnownRehearsal known = new KnownRehearsal(V1, oneWay.checksum(), oneWay.upChecksum(), oneWay.downChecksum(),
				Reversibility.NO, List.of(), List.of());
		MigrationPlan plan = new RollbackPlanner().plan(List.of(oneWay), this.applied, Map.of(), Set.of(), latest());

		assertThat(new RehearsalPlanChecks(List.of(known)).rollback(plan, Set.of(), false).problems())
			.doesNotHaveAnyElementsOfTypes(RollbackProblem.KnownNotToRestore.class)
			.isNotEmpty();
	}

	@Test
	void rehearsalOfAnotherFileSaysNothing() {
		KnownRehearsal other = new KnownRehearsal(V1, new Checksum("other"), this.file.upChecksum(),
				new Checksum("other"), Reversibility.NO, List.of(), List.of());

		assertThat(rollback(other, this.applied, false).steps().get(0).rehearsal()).isNull();
	}

	@Test
	void rehearsalOfTheSameSectionsInAnotherFileCounts() {
		KnownRehearsal same = new KnownRehearsal(V1, new Checksum("other"), this.file.upChecksum(),
				this.file.downChecksum(), Reversibility.NO, List.of(), List.of());

		assertThat(rollback(same, this.applied, false).problems()).hasSize(1);
	}

	@Test
	void rehearsalSaysNothingOfWhatWasAppliedFromAnotherFile() {
		MigrationHistory history = TestHistory.history().appliedFromAnotherFile("1").build();

		assertThat(rollback(known(Reversibility.NO), history, false).problems()).isEmpty();
	}

	@Test
	void rehearsalSaysNothingOfAStoredDownThatDiffers() {
		Map<MigrationVersion, MigrationSection> stored = Map.of(V1, TestSections.transactional());
		MigrationPlan plan = new RollbackPlanner().plan(List.of(this.file), this.applied, stored, Set.of(V1), latest());
		RehearsalPlanChecks checks = new RehearsalPlanChecks(List.of(known(Reversibility.NO)));

		assertThat(checks.rollback(plan, Set.of(V1), false).problems()).isEmpty();
		assertThat(checks.rollback(plan, Set.of(), false).problems()).hasSize(1);
	}

	@Test
	void migrateTellsWhatIsKnownAndRefusesNothing() {
		MigrationPlan plan = new MigratePlanner(false, false).plan(List.of(this.file), TestHistory.history().build(),
				MigrateRequest.all());

		MigrationPlan told = new RehearsalPlanChecks(List.of(known(Reversibility.NO))).migrate(plan);

		assertThat(told.problems()).isEmpty();
		assertThat(told.steps().get(0).rehearsal()).isEqualTo(known(Reversibility.NO));
	}

	private MigrationPlan rollback(KnownRehearsal known, MigrationHistory history, boolean force) {
		MigrationPlan plan = new RollbackPlanner().plan(List.of(this.file), history, Map.of(), Set.of(), latest());
		return new RehearsalPlanChecks(List.of(known)).rollback(withoutWarnings(plan), Set.of(), force);
	}

	private static MigrationPlan withoutWarnings(MigrationPlan plan) {
		return new MigrationPlan(plan.operation(), plan.segments(), List.of(), plan.problems(), plan.heldBack());
	}

	private KnownRehearsal known(Reversibility verdict, String... differences) {
		return new KnownRehearsal(V1, this.file.checksum(), this.file.upChecksum(), this.file.downChecksum(), verdict,
				List.of(differences), List.of());
	}

	private static RollbackRequest latest() {
		return RollbackRequest.latest(1, RequestOrigin.APPLICATION);
	}

}
