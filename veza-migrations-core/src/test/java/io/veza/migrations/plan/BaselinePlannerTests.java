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
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.RequestOrigin;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.plan.TestHistory.history;
import static io.veza.migrations.plan.TestMigration.file;
import static io.veza.migrations.plan.TestMigration.files;
import static io.veza.migrations.plan.TestSections.nonTransactional;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BaselinePlanner}.
 */
class BaselinePlannerTests {

	@Test
	void planHoldsEveryFileUpToTheVersionInOneSegment() {
		List<Migration> migrations = List.of(file("002").up(nonTransactional()).build(), file("001").build(),
				file("003").build());

		MigrationPlan plan = plan(migrations, MigrationHistory.EMPTY, "2");

		assertThat(plan.operation()).isEqualTo(MigrationOperation.BASELINE);
		assertThat(plan.segments()).containsExactly(new PlanSegment(true,
				List.of(PlanStep.up(migrations.get(1), null), PlanStep.up(migrations.get(0), null))));
		assertThat(plan.problems()).isEmpty();
	}

	@Test
	void planSaysThatNothingIsRun() {
		MigrationPlan plan = plan(files("001"), MigrationHistory.EMPTY, "001");

		assertThat(plan.warnings()).containsExactly("Nothing of these migrations is run. They are recorded as applied, "
				+ "and no rollback goes further back than the last of them.");
	}

	@Test
	void planWhenThereIsAHistoryIsRefused() {
		MigrationPlan plan = plan(files("001", "002"), history().applied("001").build(), "002");

		assertThat(messages(plan))
			.containsExactly("The baseline \"002\" was asked for, but the history table holds 1 applied migration(s). "
					+ "A baseline is set once, before the first migration.");
	}

	@Test
	void planWhenSomethingIsHalfDoneIsRefused() {
		MigrationPlan plan = plan(files("001"), history().migrating("001", 1).build(), "001");

		assertThat(messages(plan)).containsExactly("The migration of version \"001\" stopped half-way and comes before "
				+ "a baseline: finish it with the application that began it. If it cannot be finished, settle it "
				+ "with repair, as applied or as pending, after looking at what is there.");
	}

	@Test
	void planWhenNoFileHasTheVersionIsRefused() {
		MigrationPlan plan = plan(files("001", "003"), MigrationHistory.EMPTY, "002");

		assertThat(messages(plan))
			.containsExactly("There is no migration file with version \"002\". Name the version of a migration file.");
	}

	@Test
	void planWhenThereIsNoFileIsRefusedAndEmpty() {
		MigrationPlan plan = plan(List.of(), MigrationHistory.EMPTY, "001");

		assertThat(plan.problems()).hasOnlyElementsOfType(PlanProblem.UnknownTarget.class).hasSize(1);
		assertThat(plan.isEmpty()).isTrue();
		assertThat(plan.warnings()).isEmpty();
	}

	private static MigrationPlan plan(List<Migration> migrations, MigrationHistory history, String version) {
		return new BaselinePlanner().plan(migrations, history,
				new BaselineRequest(MigrationVersion.of(version), RequestOrigin.APPLICATION));
	}

	private static List<String> messages(MigrationPlan plan) {
		return plan.problems().stream().map(PlanProblem::message).toList();
	}

}
