package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanSegment;
import io.veza.migrations.PlanStep;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.plan.TestHistory.history;
import static io.veza.migrations.plan.TestMigration.file;
import static io.veza.migrations.plan.TestMigration.files;
import static io.veza.migrations.plan.TestSections.nonTransactional;
import static io.veza.migrations.plan.TestSections.transactional;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MigratePlanner}.
 */
class MigratePlannerTests {

	private static final String SETTLE = ". If it cannot be finished, settle it with repair, "
			+ "as applied or as pending, after looking at what is there.";

	private final MigratePlanner planner = new MigratePlanner(false, false);

	private final MigratePlanner lenient = new MigratePlanner(true, false);

	private final MigratePlanner together = new MigratePlanner(false, true);

	@Test
	void planWhenNothingIsAppliedHoldsAllInOrderOfVersion() {
		MigrationPlan plan = this.planner.plan(files("10", "9"), MigrationHistory.EMPTY, MigrateRequest.all());

		assertThat(plan.operation()).isEqualTo(MigrationOperation.MIGRATE);
		assertThat(versions(plan)).containsExactly("9", "10");
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planHoldsTheUpOfTheFile() {
		Migration migration = file("001").build();

		PlanStep step = this.planner.plan(List.of(migration), MigrationHistory.EMPTY, MigrateRequest.all())
			.steps()
			.get(0);

		assertThat(step).isEqualTo(PlanStep.up(migration, null));
	}

	@Test
	void planWhenAllIsAppliedIsEmpty() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().applied("001", "002").build(),
				MigrateRequest.all());

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planGivesEachMigrationASegmentOfItsOwn() {
		List<Migration> migrations = List.of(file("001").build(), file("002").up(nonTransactional()).build());

		MigrationPlan plan = this.planner.plan(migrations, MigrationHistory.EMPTY, MigrateRequest.all());

		assertThat(plan.segments()).extracting(PlanSegment::transactional).containsExactly(true, false);
		assertThat(plan.segments()).allMatch((segment) -> segment.steps().size() == 1);
	}

	@Test
	void planWhenAnAppliedFileWasRenamedIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").renamedFrom("0020").build());

		MigrationPlan plan = this.planner.plan(migrations, history().applied("001", "0020").build(),
				MigrateRequest.all());

		assertThat(messages(plan)).containsExactly(renamed("002", "0020"));
	}

	@Test
	void planWhenAnAppliedFileWasRenamedIsRefusedAlsoIfOutOfOrderIsAllowed() {
		List<Migration> migrations = List.of(file("001").build(), file("002").renamedFrom("0020").build());

		MigrationPlan plan = this.lenient.plan(migrations, history().applied("001", "0020").build(),
				MigrateRequest.all());

		assertThat(messages(plan)).containsExactly(renamed("002", "0020"));
	}

	@Test
	void planWhenARenamedFileIsNewerThanTheOthersIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").build(),
				file("004").renamedFrom("000").build());

		MigrationPlan plan = this.planner.plan(migrations,
				history().appliedByTheGuidesRunner("000").applied("001", "002").build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly(renamed("004", "000"));
	}

	@Test
	void planWhenTwoEqualFilesWereRenamedNamesEachOnce() {
		List<Migration> migrations = List.of(file("11").renamedFrom("1").build(), file("12").renamedFrom("1").build());

		MigrationPlan plan = this.planner.plan(migrations, history().applied("1").build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly(renamed("11", "1"));
	}

	@Test
	void planWhenAnotherFileHasTheSameUpAsOneThatIsHereRunsIt() {
		List<Migration> migrations = List.of(file("1").build(), file("2").renamedFrom("1").build());

		MigrationPlan plan = this.planner.plan(migrations, history().applied("1").build(), MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
		assertThat(versions(plan)).containsExactly("2");
	}

	@Test
	void planWhenAnUpWithoutStatementsIsLikeAMissingOneRunsIt() {
		MigrationHistory history = history().applied("1", "3").build();

		MigrationPlan plan = this.planner.plan(
				List.of(file("1").build(), file("4").renamedFrom("3").up(TestSections.withoutStatements()).build()),
				history, MigrateRequest.all());

		assertThat(plan.problems()).noneMatch(PlanProblem.RenamedFile.class::isInstance);
	}

	@Test
	void planWhenAHeldFileWasRenamedHoldsItBack() {
		MigrationPlan plan = this.planner.plan(List.of(file("1").build(), file("3").renamedFrom("2").build()),
				history().applied("1").rolledBack("2").build(), MigrateRequest.all());

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.warnings()).singleElement()
			.asString()
			.startsWith("Version \"3\" (step) was rolled back as version \"2\" by \"olivia\" at 2024-01-15T10:00:00Z");
	}

	@Test
	void planWhenSingleTransactionPutsAllIntoOneSegment() {
		MigrationPlan plan = this.together.plan(files("001", "002"), MigrationHistory.EMPTY, MigrateRequest.all());

		assertThat(plan.segments()).singleElement().matches(PlanSegment::transactional);
		assertThat(versions(plan)).containsExactly("001", "002");
	}

	@Test
	void planWhenSingleTransactionAndNothingIsPendingIsEmpty() {
		MigrationPlan plan = this.together.plan(files("001"), history().applied("001").build(), MigrateRequest.all());

		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenSingleTransactionAndNonTransactionalIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").up(nonTransactional()).build(),
				file("003").up(nonTransactional()).build());

		MigrationPlan plan = this.together.plan(migrations, MigrationHistory.EMPTY, MigrateRequest.all());

		assertThat(messages(plan)).containsExactly(
				"veza.migrations.single-transaction is set, but these pending migrations are non-transactional: "
						+ "\"002\", \"003\". Unset the property for the run that applies them.");
		assertThat(plan.segments()).extracting(PlanSegment::transactional).containsExactly(true, false, false);
	}

	@Test
	void planWhenSingleTransactionAndNonTransactionalIsAppliedIsAccepted() {
		List<Migration> migrations = List.of(file("001").up(nonTransactional()).build(), file("002").build());

		MigrationPlan plan = this.together.plan(migrations, history().applied("001").build(), MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenThereIsNoFileAndNoHistoryWarns() {
		MigrationPlan plan = this.planner.plan(List.of(), MigrationHistory.EMPTY, MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("No migration file was found. Check veza.migrations.locations unless there is none yet.");
	}

	@Test
	void planWhenThereIsNoFileButAHistoryIsRefused() {
		MigrationPlan plan = this.planner.plan(List.of(), history().applied("001", "002").build(),
				MigrateRequest.all());

		assertThat(messages(plan))
			.containsExactly("No migration file was found, but the history table holds 2 applied migration(s). "
					+ "Check veza.migrations.locations and that the files are on the class path.");
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenThereIsNoFileButSomethingHalfDoneIsRefused() {
		MigrationPlan plan = this.planner.plan(List.of(), history().migrating("001", 1).build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("The migration of version \"001\" stopped half-way and "
				+ "has no file here: migrate with the application that has it" + SETTLE);
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenAppliedFileIsMissingIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001", "003"), history().applied("001", "002").build(),
				MigrateRequest.all());

		assertThat(messages(plan))
			.containsExactly("Version \"002\" (step) is applied but has no file here, although newer versions have "
					+ "one. Bring the file back, or remove its history row with repair.");
	}

	@Test
	void planWhenMissingIsNewerThanEveryFileIsAccepted() {
		MigrationPlan plan = this.planner.plan(files("001"), history().applied("001", "002", "003").build(),
				MigrateRequest.all());

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenBaselineFileIsMissingIsRefused() {
		MigrationPlan plan = this.planner.plan(files("002"), history().baseline("001").build(), MigrateRequest.all());

		assertThat(plan.problems()).hasOnlyElementsOfType(PlanProblem.MissingFile.class).hasSize(1);
	}

	@Test
	void planWhenAppliedUpDiffersIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001"), history().appliedFromAnotherFile("001").build(),
				MigrateRequest.all());

		assertThat(messages(plan))
			.containsExactly("The UP of \"db/migrations/001_step.sql\" differs from what was applied as version "
					+ "\"001\" (checksum other-001 when applied, file-001 now). Restore the file and put the change "
					+ "into a new migration, or accept the file with repair.");
	}

	@Test
	void planWhenOnlyCommentsOfAppliedDifferIsAccepted() {
		MigrationPlan plan = this.planner.plan(files("001"), history().appliedWithOtherComments("001").build(),
				MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenOutOfOrderIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001", "002", "003"), history().applied("001", "003").build(),
				MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("\"db/migrations/002_step.sql\" is pending, but its version "
				+ "\"002\" is older than the newest applied version \"003\". Give it a newer version, or set "
				+ "veza.migrations.out-of-order=allow.");
	}

	@Test
	void planWhenOutOfOrderIsAllowedAppliesItAndWarns() {
		MigrationPlan plan = this.lenient.plan(files("001", "002", "003", "004"),
				history().applied("001", "003").build(), MigrateRequest.all());

		assertThat(versions(plan)).containsExactly("002", "004");
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("\"db/migrations/002_step.sql\" is older than the newest applied version \"003\". "
					+ "It is applied out of order, as veza.migrations.out-of-order allows.");
	}

	@Test
	void planWithTargetStopsThere() {
		MigrationPlan plan = this.planner.plan(files("001", "002", "003"), history().applied("001").build(), to("002"));

		assertThat(versions(plan)).containsExactly("002");
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenTargetIsAppliedIsEmpty() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().applied("001").build(), to("001"));

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenTargetIsAppliedWithoutFileHereIsEmpty() {
		MigrationPlan plan = this.planner.plan(files("001"), history().applied("001", "002").build(), to("002"));

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenTargetIsUnknownIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001", "003"), history().applied("001").build(), to("002"));

		assertThat(messages(plan))
			.containsExactly("There is no migration file with version \"002\". Name the version of a migration file.");
	}

	@Test
	void planWhenOutOfOrderIsBeyondTargetIsAccepted() {
		MigrationPlan plan = this.planner.plan(files("001", "002", "003", "004"),
				history().applied("001", "004").build(), to("001"));

		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenChangedIsBeyondTargetIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001", "002"),
				history().applied("001").appliedFromAnotherFile("002").build(), to("001"));

		assertThat(plan.problems()).hasOnlyElementsOfType(PlanProblem.ChangedFile.class).hasSize(1);
	}

	@Test
	void planWhenMigrationStoppedHalfWayResumesIt() {
		List<Migration> migrations = List.of(file("001").build(), file("002").up(nonTransactional()).build(),
				file("003").build());
		MigrationHistory history = history().applied("001").migrating("002", 1).build();

		MigrationPlan plan = this.planner.plan(migrations, history, MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.steps()).containsExactly(PlanStep.up(migrations.get(1), history.unfinished().get(0)),
				PlanStep.up(migrations.get(2), null));
	}

	@Test
	void planWhenHalfDoneIsOlderThanNewestAppliedResumesIt() {
		List<Migration> migrations = List.of(file("001").up(nonTransactional()).build(), file("002").build());

		MigrationPlan plan = this.planner.plan(migrations, history().applied("002").migrating("001", 1).build(),
				MigrateRequest.all());

		assertThat(versions(plan)).containsExactly("001");
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenHalfDoneBecameTransactionalIsRefused() {
		List<Migration> migrations = List.of(file("001").up(transactional()).build());

		MigrationPlan plan = this.planner.plan(migrations, history().migrating("001", 1).build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("The migration of version \"001\" stopped half-way and its file has "
				+ "become transactional since: bring back the file that it began with" + SETTLE);
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenHalfDoneHasNoFileIsRefused() {
		MigrationPlan plan = this.planner.plan(files("001", "003"),
				history().applied("001").migrating("002", 1).build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("The migration of version \"002\" stopped half-way and "
				+ "has no file here: migrate with the application that has it" + SETTLE);
		assertThat(versions(plan)).containsExactly("003");
	}

	@Test
	void planWhenHalfDoneIsNewerThanEveryFileWarns() {
		MigrationPlan plan = this.planner.plan(files("001"), history().applied("001").migrating("002", 1).build(),
				MigrateRequest.all());

		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("The migration of version \"002\" (step) stopped half-way. "
				+ "It is newer than every file here and left to the application that has it.");
	}

	@Test
	void planWhenHalfDoneHasAHistoryRowIsRefused() {
		List<Migration> migrations = List.of(file("001").up(nonTransactional()).build());

		MigrationPlan plan = this.planner.plan(migrations, history().applied("001").migrating("001", 1).build(),
				MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("The migration of version \"001\" stopped half-way and "
				+ "has a history row all the same, from another runner" + SETTLE);
	}

	@Test
	void planWhenRollbackStoppedHalfWayIsRefused() {
		List<Migration> migrations = List.of(file("001").build(), file("002").down(nonTransactional()).build());

		MigrationPlan plan = this.planner.plan(migrations,
				history().applied("001", "002").rollingBack("002", 1).build(), MigrateRequest.all());

		assertThat(messages(plan)).containsExactly("The rollback of version \"002\" stopped half-way and "
				+ "comes before any migration: roll back again to finish it" + SETTLE);
	}

	@Test
	void planWhenHalfDoneRollbackLostItsRowIsRefused() {
		List<Migration> migrations = List.of(file("001").up(nonTransactional()).build());

		MigrationPlan plan = this.planner.plan(migrations, history().rollingBack("001", 1).build(),
				MigrateRequest.all());

		assertThat(plan.problems()).hasOnlyElementsOfType(PlanProblem.UnfinishedMigration.class).hasSize(1);
		assertThat(plan.isEmpty()).isTrue();
	}

	@Test
	void planWhenHalfDoneRollbackIsNewerThanEveryFileWarns() {
		MigrationPlan plan = this.planner.plan(files("001"),
				history().applied("001", "002").rollingBack("002", 1).build(), MigrateRequest.all());

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("The rollback of version \"002\" (step) stopped half-way. "
				+ "It is newer than every file here and left to the application that has it.");
	}

	@Test
	void planCollectsAllProblemsInOrderOfVersion() {
		MigrationHistory history = history().applied("006", "003")
			.appliedFromAnotherFile("001")
			.rollingBack("006", 1)
			.build();

		MigrationPlan plan = this.planner.plan(files("001", "002", "005", "006"), history, to("004"));

		assertThat(plan.problems()).hasExactlyElementsOfTypes(PlanProblem.ChangedFile.class,
				PlanProblem.OutOfOrder.class, PlanProblem.MissingFile.class, PlanProblem.UnknownTarget.class,
				PlanProblem.UnfinishedMigration.class);
	}

	@Test
	void planLeavesOutWhatIsHeldAndEveryLaterOneAndSaysWhy() {
		MigrationPlan plan = this.planner.plan(files("001", "002", "003", "004"),
				history().applied("001").rolledBack("003").build(), MigrateRequest.all());

		assertThat(versions(plan)).containsExactly("002");
		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("Version \"003\" (step) was rolled back by \"olivia\" at "
				+ "2024-01-15T10:00:00Z because of \"it broke\", so that it is held and every later one waits behind it. "
				+ "Not applied: \"003\", \"004\". Correct its UP, or release it with veza.migrations.release-held=true "
				+ "or with a POST migrate that has the token of its plan.");
	}

	@Test
	void planTellsWhatIsHeldFromWhatWaitsBehindIt() {
		MigrationPlan plan = this.planner.plan(files("001", "002", "003"), history().rolledBack("002").build(),
				MigrateRequest.all());

		assertThat(plan.heldBack()).extracting((info) -> info.version().text()).containsExactly("002", "003");
		assertThat(plan.held()).extracting((held) -> held.version().text()).containsExactly("002");
		assertThat(plan.pending()).containsExactly(MigrationVersion.of("1"), MigrationVersion.of("3"));
	}

	@Test
	void planThatReleasesAppliesWhatIsHeldAndSaysSo() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().applied("001").rolledBack("002").build(),
				MigrateRequest.all().releasingHeld());

		assertThat(versions(plan)).containsExactly("002");
		assertThat(plan.heldBack()).isEmpty();
		assertThat(plan.warnings()).containsExactly("Version \"002\" (step) was rolled back by \"olivia\" at "
				+ "2024-01-15T10:00:00Z because of \"it broke\". This plan applies it again, which releases it; "
				+ "a run that is not told to release it leaves it out, and every later one.");
	}

	@Test
	void planWhenTheUpOfTheRolledBackOneHasChangedAppliesIt() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().rolledBackFromAnotherFile("001").build(),
				MigrateRequest.all());

		assertThat(versions(plan)).containsExactly("001", "002");
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenTheRolledBackOneHasNoFileHereAppliesLaterOnes() {
		MigrationPlan plan = this.planner.plan(files("001", "003"), history().applied("001").rolledBack("002").build(),
				MigrateRequest.all());

		assertThat(versions(plan)).containsExactly("003");
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWithTargetBeforeWhatIsHeldDoesNotMentionIt() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().rolledBack("002").build(), to("001"));

		assertThat(versions(plan)).containsExactly("001");
		assertThat(plan.warnings()).isEmpty();
		assertThat(plan.heldBack()).isEmpty();
	}

	@Test
	void planThatReleasesUpToATargetLeavesTheRestAlone() {
		MigrationPlan plan = this.planner.plan(files("001", "002"), history().rolledBack("001", "002").build(),
				to("001").releasingHeld());

		assertThat(versions(plan)).containsExactly("001");
		assertThat(plan.warnings()).singleElement().asString().startsWith("Version \"001\"");
	}

	@Test
	void planWhenAnOlderOneThanWhatIsHeldIsOutOfOrderIsRefusedOrAllowedAsEver() {
		MigrationHistory history = history().applied("001", "004").rolledBack("003").build();

		assertThat(this.planner.plan(files("001", "002", "003", "004"), history, MigrateRequest.all()).problems())
			.hasExactlyElementsOfTypes(PlanProblem.OutOfOrder.class);
		assertThat(versions(this.lenient.plan(files("001", "002", "003", "004"), history, MigrateRequest.all())))
			.containsExactly("002");
	}

	@Test
	void planThatReleasesWhatIsOutOfOrderIsRefusedUnlessAllowed() {
		MigrationHistory history = history().applied("002").rolledBack("001").build();
		MigrateRequest release = MigrateRequest.all().releasingHeld();

		assertThat(this.planner.plan(files("001", "002"), history, MigrateRequest.all()).problems()).isEmpty();
		assertThat(this.planner.plan(files("001", "002"), history, release).problems())
			.hasExactlyElementsOfTypes(PlanProblem.OutOfOrder.class);
		assertThat(versions(this.lenient.plan(files("001", "002"), history, release))).containsExactly("001");
	}

	private static MigrateRequest to(String version) {
		return new MigrateRequest(MigrationVersion.of(version), RequestOrigin.APPLICATION);
	}

	private static List<String> versions(MigrationPlan plan) {
		return plan.steps().stream().map((step) -> step.version().text()).toList();
	}

	private static List<String> messages(MigrationPlan plan) {
		return plan.problems().stream().map(PlanProblem::message).toList();
	}

	private static String renamed(String version, String applied) {
		return "\"db/migrations/" + version + "_step.sql\" is pending, but its UP was applied as version \"" + applied
				+ "\" (step), which has no file here. If the file was renamed, accept version \"" + version
				+ "\" as renamed with repair; if it is to run once more, remove the history row of \"" + applied
				+ "\" with repair first.";
	}

}
