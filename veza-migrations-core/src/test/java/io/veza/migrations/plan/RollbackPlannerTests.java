package io.veza.migrations.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RollbackProblem;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.sql.MigrationSection;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.plan.TestHistory.history;
import static io.veza.migrations.plan.TestMigration.file;
import static io.veza.migrations.plan.TestMigration.files;
import static io.veza.migrations.plan.TestSections.irreversible;
import static io.veza.migrations.plan.TestSections.nonTransactional;
import static io.veza.migrations.plan.TestSections.transactional;
import static io.veza.migrations.plan.TestSections.withoutStatements;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RollbackPlanner}.
 */
class RollbackPlannerTests {

	private static final String SETTLE = ". If it cannot be finished, settle it with repair, "
			+ "as applied or as pending, after looking at what is there.";

	private final RollbackPlanner planner = new RollbackPlanner();

	@Test
	void selectWithCountIsNewestApplicationFirst() {
		MigrationHistory history = history().applied("001", "003", "002").build();

		assertThat(this.planner.select(history, latest(2))).extracting(AppliedMigration::version)
			.containsExactly(MigrationVersion.of("002"), MigrationVersion.of("003"));
	}

	@Test
	void selectWithTargetIsAllThatWasAppliedAfterIt() {
		MigrationHistory history = history().applied("001", "003", "002").build();

		assertThat(this.planner.select(history, downTo("1"))).extracting(AppliedMigration::version)
			.containsExactly(MigrationVersion.of("002"), MigrationVersion.of("003"));
	}

	@Test
	void selectWhenTargetIsUnknownIsEmpty() {
		assertThat(this.planner.select(history().applied("001").build(), downTo("002"))).isEmpty();
	}

	@Test
	void selectWhenCountIsTooLargeIsEmpty() {
		assertThat(this.planner.select(history().applied("001").build(), latest(2))).isEmpty();
	}

	@Test
	void planHoldsTheDownOfTheFile() {
		Migration migration = file("001").build();
		MigrationHistory history = history().applied("001").build();

		MigrationPlan plan = plan(List.of(migration), history, latest(1));

		assertThat(plan.operation()).isEqualTo(MigrationOperation.ROLLBACK);
		assertThat(plan.steps()).containsExactly(new PlanStep(migration.version(), "step", migration.down(),
				"db/migrations/001_step.sql", PlanStep.Source.FILE, migration, history.applied().get(0), null));
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenDownIsStoredPrefersIt() {
		MigrationSection stored = transactional();
		Migration migration = file("001").build();
		MigrationHistory history = history().applied("001").build();

		MigrationPlan plan = this.planner.plan(List.of(migration), history, Map.of(MigrationVersion.of("1"), stored),
				Set.of(), latest(1));

		assertThat(plan.steps()).containsExactly(new PlanStep(migration.version(), "step", stored,
				"stored DOWN of version \"001\"", PlanStep.Source.STORED, migration, history.applied().get(0), null));
	}

	@Test
	void planWhenDownIsStoredNeedsNoFile() {
		MigrationPlan plan = this.planner.plan(List.of(), history().applied("001").build(),
				Map.of(MigrationVersion.of("001"), transactional()), Set.of(), latest(1));

		assertThat(versions(plan)).containsExactly("001");
		assertThat(plan.steps().get(0).migration()).isNull();
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenThereIsNoDownIsRefused() {
		MigrationPlan plan = plan(files("001"), history().applied("001", "002").build(), latest(2));

		assertThat(messages(plan)).containsExactly("Version \"002\" (step) has no stored DOWN and no file here. "
				+ "Run the rollback from an application that has the file.");
	}

	@Test
	void planWhenIrreversibleIsRefused() {
		List<Migration> migrations = List.of(file("001").down(irreversible("the column is gone")).build());

		MigrationPlan plan = plan(migrations, history().applied("001").build(), latest(1));

		assertThat(messages(plan)).containsExactly("Version \"001\" (step) is irreversible: the column is gone. "
				+ "Write a new migration that goes forward instead.");
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenStoredDownIsIrreversibleIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001"), history().applied("001").build(),
				Map.of(MigrationVersion.of("001"), irreversible("no way back")), Set.of(), latest(1));

		assertThat(plan.problems()).hasOnlyElementsOfType(RollbackProblem.IrreversibleMigration.class).hasSize(1);
	}

	@Test
	void planWhenDownIsEmptyRunsNothingAndIsAccepted() {
		List<Migration> migrations = List.of(file("001").up(withoutStatements()).down(withoutStatements()).build());

		MigrationPlan plan = plan(migrations, history().applied("001").build(), latest(1));

		assertThat(versions(plan)).containsExactly("001");
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenNeighboursAreTransactionalTheyShareASegment() {
		List<Migration> migrations = List.of(file("001").build(), file("002").build(),
				file("003").down(nonTransactional()).build(), file("004").build(), file("005").build());

		MigrationPlan plan = plan(migrations, history().applied("001", "002", "003", "004", "005").build(), latest(5));

		assertThat(plan.segments()).extracting(PlanSegment::transactional).containsExactly(true, false, true);
		assertThat(plan.segments()).extracting((segment) -> segment.steps().size()).containsExactly(2, 1, 2);
		assertThat(versions(plan)).containsExactly("005", "004", "003", "002", "001");
	}

	@Test
	void planWhenNeighboursAreNonTransactionalEachHasASegment() {
		List<Migration> migrations = List.of(file("001").down(nonTransactional()).build(),
				file("002").down(nonTransactional()).build());

		MigrationPlan plan = plan(migrations, history().applied("001", "002").build(), latest(2));

		assertThat(plan.segments()).extracting((segment) -> segment.steps().size()).containsExactly(1, 1);
	}

	@Test
	void planWhenMoreAreAskedForThanAppliedIsRefused() {
		MigrationPlan plan = plan(files("001"), history().applied("001").build(), latest(3));

		assertThat(messages(plan)).containsExactly("The rollback of 3 migration(s) was asked for, but the number of "
				+ "applied ones is 1. Ask for at most as many.");
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenNothingIsAppliedIsRefused() {
		MigrationPlan plan = plan(files("001"), MigrationHistory.EMPTY, latest(1));

		assertThat(messages(plan))
			.containsExactly("The rollback of 1 migration(s) was asked for, but none is applied. Migrate first.");
	}

	@Test
	void planWhenTargetIsNotAppliedIsRefused() {
		MigrationPlan plan = plan(files("001", "002"), history().applied("001").build(), downTo("002"));

		assertThat(messages(plan))
			.containsExactly("Version \"002\" is not applied. Name an applied version, which stays.");
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenTargetIsNewestAppliedIsEmpty() {
		MigrationPlan plan = plan(files("001", "002"), history().applied("001", "002").build(), downTo("002"));

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenItWouldPassTheBaselineIsRefused() {
		MigrationHistory history = history().baseline("001", "002").applied("003").build();

		MigrationPlan plan = plan(files("001", "002", "003"), history, latest(3));

		assertThat(messages(plan))
			.containsExactly("Version \"002\" is part of the baseline: nothing was run for it, so that nothing can be "
					+ "taken back. Roll back to a version after the baseline, or to the baseline itself.");
		assertThat(versions(plan)).containsExactly("003");
	}

	@Test
	void planWhenTargetIsTheNewestBaselineIsAccepted() {
		MigrationHistory history = history().baseline("001", "002").applied("003").build();

		MigrationPlan plan = plan(files("001", "002", "003"), history, downTo("002"));

		assertThat(versions(plan)).containsExactly("003");
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenTargetIsWithinTheBaselineIsRefused() {
		MigrationHistory history = history().baseline("001", "002").applied("003").build();

		MigrationPlan plan = plan(files("001", "002", "003"), history, downTo("001"));

		assertThat(plan.problems()).containsExactly(new RollbackProblem.BaselineReached(MigrationVersion.of("002")));
	}

	@Test
	void planWhenFileChangedWarnsThatItsDownMayNotFit() {
		MigrationPlan plan = plan(files("001"), history().appliedFromAnotherFile("001").build(), latest(1));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("The UP of \"db/migrations/001_step.sql\" differs from what was "
				+ "applied as version \"001\". The DOWN of the file runs: look whether it takes back what was applied.");
	}

	@Test
	void planWhenFileChangedAndDownIsStoredWarnsThatTheStoredOneRuns() {
		MigrationPlan plan = this.planner.plan(files("001"), history().appliedFromAnotherFile("001").build(),
				Map.of(MigrationVersion.of("001"), transactional()), Set.of(), latest(1));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("The UP of \"db/migrations/001_step.sql\" differs from what was "
				+ "applied as version \"001\". The DOWN that was stored with it runs, not that of the file.");
	}

	@Test
	void planWhenOthersAreChangedOrMissingIsAccepted() {
		MigrationHistory history = history().appliedFromAnotherFile("001").applied("002", "003").build();

		MigrationPlan plan = plan(files("001", "003"), history, latest(1));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenMigrationStoppedHalfWayIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").up(nonTransactional()).build());

		MigrationPlan plan = plan(migrations, history().applied("001").migrating("002", 1).build(), latest(1));

		assertThat(messages(plan)).containsExactly("The migration of version \"002\" stopped half-way and "
				+ "comes before any rollback: migrate again to finish it" + SETTLE);
	}

	@Test
	void planWhenMigrationStoppedHalfWayDoesNotResumeItsDown() {
		MigrationHistory history = history().applied("001").migrating("001", 1).build();

		MigrationPlan plan = plan(files("001"), history, latest(1));

		assertThat(plan.problems()).hasOnlyElementsOfType(PlanProblem.UnfinishedMigration.class).hasSize(1);
		assertThat(plan.steps()).extracting(PlanStep::progress).containsOnlyNulls();
	}

	@Test
	void planWhenRollbackStoppedHalfWayResumesIt() {
		List<Migration> migrations = List.of(file("001").build(), file("002").down(nonTransactional()).build());
		MigrationHistory history = history().applied("001", "002").rollingBack("002", 1).build();

		MigrationPlan plan = plan(migrations, history, latest(2));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.steps()).extracting(PlanStep::progress).containsExactly(history.unfinished().get(0), null);
	}

	@Test
	void planWhenHalfDoneDownBecameTransactionalIsRefused() {
		MigrationPlan plan = plan(files("001"), history().applied("001").rollingBack("001", 1).build(), latest(1));

		assertThat(messages(plan)).containsExactly("The rollback of version \"001\" stopped half-way and its DOWN has "
				+ "become transactional since: bring back the file that it began with" + SETTLE);
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenHalfDoneRollbackIsNotOfTheNewestIsRefused() {
		List<Migration> migrations = List.of(file("001").down(nonTransactional()).build(), file("002").build());

		MigrationPlan plan = plan(migrations, history().applied("001", "002").rollingBack("001", 1).build(), latest(1));

		assertThat(messages(plan)).containsExactly("The rollback of version \"001\" stopped half-way and cannot be "
				+ "resumed, because \"001\" is not the migration that was applied last" + SETTLE);
	}

	@Test
	void planWhenTargetIsHalfTakenBackIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").down(nonTransactional()).build());

		MigrationPlan plan = plan(migrations, history().applied("001", "002").rollingBack("002", 1).build(),
				downTo("002"));

		assertThat(messages(plan)).containsExactly("The rollback of version \"002\" stopped half-way and cannot stay "
				+ "as it is: take it back as well to finish it" + SETTLE);
	}

	@Test
	void planCollectsAllProblemsInOrderOfVersion() {
		List<Migration> migrations = List.of(file("002").down(irreversible("data is gone")).build(),
				file("004").up(nonTransactional()).build());
		MigrationHistory history = history().baseline("001").applied("002", "003").migrating("004", 1).build();

		MigrationPlan plan = plan(migrations, history, latest(3));

		assertThat(plan.problems()).hasExactlyElementsOfTypes(RollbackProblem.BaselineReached.class,
				RollbackProblem.IrreversibleMigration.class, RollbackProblem.NoDown.class,
				PlanProblem.UnfinishedMigration.class);
	}

	@Test
	void planOfAnOlderApplicationWhoseDownDiffersSaysThatTheStoredOneRuns() {
		MigrationPlan plan = this.planner.plan(files("001"), history().applied("001").build(),
				Map.of(MigrationVersion.of("001"), transactional()), Set.of(MigrationVersion.of("1")), latest(1));

		assertThat(plan.warnings()).containsExactly("The DOWN of version \"001\" that is stored differs from that of "
				+ "\"db/migrations/001_step.sql\". This rollback runs the stored one, because this application lacks "
				+ "an applied version and may be the older one.");
	}

	@Test
	void planWhenTheFileHasAnotherDownThanIsStoredSaysThatTheFileRuns() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().applied("001", "002").build(), Map.of(),
				Set.of(MigrationVersion.of("001")), latest(2));

		assertThat(plan.warnings()).containsExactly("The DOWN of version \"001\" that is stored differs from that of "
				+ "\"db/migrations/001_step.sql\". This rollback runs that of the file.");
	}

	private MigrationPlan plan(List<Migration> migrations, MigrationHistory history, RollbackRequest request) {
		return this.planner.plan(migrations, history, Map.of(), Set.of(), request);
	}

	private static RollbackRequest latest(int count) {
		return RollbackRequest.latest(count, RequestOrigin.APPLICATION);
	}

	private static RollbackRequest downTo(String version) {
		return RollbackRequest.downTo(MigrationVersion.of(version), RequestOrigin.APPLICATION);
	}

	private static List<String> versions(MigrationPlan plan) {
		return plan.steps().stream().map((step) -> step.version().text()).toList();
	}

	private static List<String> messages(MigrationPlan plan) {
		return plan.problems().stream().map(PlanProblem::message).toList();
	}

}
