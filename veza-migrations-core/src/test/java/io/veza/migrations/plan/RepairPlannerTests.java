package io.veza.migrations.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.plan.TestHistory.history;
import static io.veza.migrations.plan.TestMigration.files;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepairPlanner}.
 */
class RepairPlannerTests {

	private static final String LOOK = ". Look at the list of migrations and name the versions that need repair.";

	private static final Set<MigrationVersion> NONE = Set.of();

	@Test
	void planRunsNothing() {
		MigrationPlan plan = plan(history().appliedFromAnotherFile("001").build(), acceptChanged("001"));

		assertThat(plan.operation()).isEqualTo(MigrationOperation.REPAIR);
		assertThat(plan.segments()).isEmpty();
	}

	@Test
	void planWhenChangedIsAcceptedSaysSo() {
		MigrationPlan plan = plan(history().appliedFromAnotherFile("001").build(), acceptChanged("001"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("Version \"001\" takes the checksums and the DOWN of "
				+ "\"db/migrations/001_step.sql\" as those that were applied.");
	}

	@Test
	void planWhenAcceptedIsNotChangedIsRefused() {
		MigrationPlan plan = plan(history().applied("001").build(), acceptChanged("001"));

		assertThat(messages(plan)).containsExactly("Version \"001\" is not changed" + LOOK);
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planWhenARenamedFileIsAcceptedSaysWhichRowFollowsIt() {
		MigrationPlan plan = new RepairPlanner().plan(List.of(TestMigration.file("2").renamedFrom("20").build()),
				history().applied("20").build(), acceptRenamed("2"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings()).containsExactly("Version \"20\" (step) becomes version \"2\": "
				+ "its history row takes the name, the checksums and the DOWN of the file.");
	}

	@Test
	void planWhenTheRowOfARenamedFileIsToBeRemovedTooIsRefused() {
		RepairRequest both = new RepairRequest(NONE, Set.of(MigrationVersion.of("2")), NONE, NONE,
				Set.of(MigrationVersion.of("20")), RequestOrigin.APPLICATION);

		MigrationPlan plan = new RepairPlanner().plan(List.of(TestMigration.file("2").renamedFrom("20").build()),
				history().applied("20").build(), both);

		assertThat(messages(plan)).containsExactly("Version \"20\" is named for more than one repair. "
				+ "Name it for one of them, and look at its state again afterwards.");
	}

	@Test
	void planWhenTheAcceptedFileIsNotARenamedOneIsRefused() {
		MigrationPlan plan = plan(history().applied("001").build(), acceptRenamed("002"));

		assertThat(messages(plan)).containsExactly("Version \"002\" is not renamed" + LOOK);
	}

	@Test
	void planWhenHalfDoneMigrationIsSettledAsAppliedSaysSo() {
		MigrationPlan plan = plan(history().migrating("001", 1).build(), markApplied("001"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("Version \"001\" becomes applied: what was missing of its migration was done by hand.");
	}

	@Test
	void planWhenHalfDoneMigrationIsSettledAsPendingSaysSo() {
		MigrationPlan plan = plan(history().migrating("001", 1).build(), markPending("001"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("Version \"001\" becomes pending: what was done of its migration was undone by hand.");
	}

	@Test
	void planWhenHalfDoneRollbackIsSettledAsAppliedSaysSo() {
		MigrationPlan plan = plan(history().applied("001").rollingBack("001", 1).build(), markApplied("001"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("Version \"001\" stays applied: what was done of its rollback was undone by hand.");
	}

	@Test
	void planWhenHalfDoneRollbackIsSettledAsPendingSaysSo() {
		MigrationPlan plan = plan(history().applied("001").rollingBack("001", 1).build(), markPending("001"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("Version \"001\" becomes pending: what was missing of its rollback was done by hand.");
	}

	@Test
	void planWhenHalfDoneHasNoFileHereCanBeSettledAsPending() {
		MigrationPlan plan = plan(history().migrating("009", 1).build(), markPending("009"));

		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenHalfDoneHasNoFileHereCannotBeSettledAsApplied() {
		MigrationPlan plan = plan(history().migrating("009", 1).build(), markApplied("009"));

		assertThat(messages(plan))
			.containsExactly("There is no migration file with version \"009\". Name the version of a migration file.");
	}

	@Test
	void planWhenHalfDoneRollbackHasNoFileHereCanBeSettledAsApplied() {
		MigrationPlan plan = plan(history().applied("009").rollingBack("009", 1).build(), markApplied("009"));

		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planWhenSettledIsNotHalfDoneIsRefused() {
		MigrationHistory history = history().applied("001").build();

		assertThat(messages(plan(history, markApplied("001")))).containsExactly("Version \"001\" is not failed" + LOOK);
		assertThat(messages(plan(history, markPending("002")))).containsExactly("Version \"002\" is not failed" + LOOK);
	}

	@Test
	void planWhenMissingIsRemovedSaysSo() {
		MigrationPlan plan = plan(history().applied("001", "009").build(), removeMissing("009"));

		assertThat(plan.problems()).isEmpty();
		assertThat(plan.warnings())
			.containsExactly("Version \"009\" (step) loses its history row and the DOWN that is stored in it.");
	}

	@Test
	void planWhenRemovedIsNotMissingIsRefused() {
		MigrationPlan plan = plan(history().applied("001").build(), removeMissing("001", "004"));

		assertThat(messages(plan)).containsExactly("Version \"001\" is not missing" + LOOK,
				"Version \"004\" is not missing" + LOOK);
	}

	@Test
	void planWhenMissingIsHalfTakenBackMustBeSettledFirst() {
		MigrationPlan plan = plan(history().applied("009").rollingBack("009", 1).build(), removeMissing("009"));

		assertThat(messages(plan)).containsExactly("Version \"009\" is not missing" + LOOK);
	}

	@Test
	void planWhenNothingIsNamedIsRefused() {
		MigrationPlan plan = plan(history().applied("001").build(), request(NONE, NONE, NONE, NONE));

		assertThat(messages(plan)).containsExactly("The repair names no version. Name the versions to accept as "
				+ "changed, to settle as applied or as pending, or to remove as missing.");
	}

	@Test
	void planWhenVersionIsNamedTwiceIsRefusedOnce() {
		Set<MigrationVersion> same = versions("001");

		MigrationPlan plan = plan(history().migrating("001", 1).build(), request(NONE, same, same, same));

		assertThat(messages(plan)).containsExactly("Version \"001\" is named for more than one repair. "
				+ "Name it for one of them, and look at its state again afterwards.");
		assertThat(plan.warnings()).isEmpty();
	}

	@Test
	void planDescribesAndCollectsInOrderOfVersion() {
		MigrationHistory history = history().applied("009").appliedFromAnotherFile("002").migrating("003", 1).build();

		MigrationPlan plan = plan(history,
				request(versions("002", "001"), versions("003"), versions("004"), versions("9")));

		assertThat(plan.warnings()).extracting((warning) -> warning.substring(0, 13))
			.containsExactly("Version \"002\"", "Version \"003\"", "Version \"009\"");
		assertThat(messages(plan)).containsExactly("Version \"001\" is not changed" + LOOK,
				"Version \"004\" is not failed" + LOOK);
	}

	private static MigrationPlan plan(MigrationHistory history, RepairRequest request) {
		List<Migration> migrations = files("001", "002", "003");
		return new RepairPlanner().plan(migrations, history, request);
	}

	private static RepairRequest acceptChanged(String... versions) {
		return request(versions(versions), NONE, NONE, NONE);
	}

	private static RepairRequest markApplied(String... versions) {
		return request(NONE, versions(versions), NONE, NONE);
	}

	private static RepairRequest markPending(String... versions) {
		return request(NONE, NONE, versions(versions), NONE);
	}

	private static RepairRequest removeMissing(String... versions) {
		return request(NONE, NONE, NONE, versions(versions));
	}

	private static RepairRequest request(Set<MigrationVersion> acceptChanged, Set<MigrationVersion> markApplied,
			Set<MigrationVersion> markPending, Set<MigrationVersion> removeMissing) {
		return new RepairRequest(acceptChanged, Set.of(), markApplied, markPending, removeMissing,
				RequestOrigin.APPLICATION);
	}

	private static Set<MigrationVersion> versions(String... versions) {
		return Stream.of(versions).map(MigrationVersion::of).collect(Collectors.toSet());
	}

	private static List<String> messages(MigrationPlan plan) {
		return plan.problems().stream().map(PlanProblem::message).toList();
	}

	private static RepairRequest acceptRenamed(String version) {
		return new RepairRequest(NONE, Set.of(MigrationVersion.of(version)), NONE, NONE, NONE,
				RequestOrigin.APPLICATION);
	}

}
