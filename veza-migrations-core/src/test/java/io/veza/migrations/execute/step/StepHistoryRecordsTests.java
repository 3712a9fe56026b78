package io.veza.migrations.execute.step;

import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.TestSteps;
import io.veza.migrations.history.HistoryWriter.Evidence;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StepHistoryRecordsTests {

	private static final StepHooks.Proof PROOF = new StepHooks.Proof("kept", "restored");

	private static final Checksum WHOLE = new Checksum("whole");

	private static final Checksum UP = new Checksum("v1:up");

	@Test
	void evidenceNamesTheUpThatTheRowRemembers() {
		assertThat(StepHistoryRecords.evidence(rollback(WHOLE, new Checksum("v1:row")), PROOF))
			.isEqualTo(new Evidence("kept", "restored", new Checksum("v1:row")));
	}

	@Test
	void evidenceOfARowOfAnotherRunnerNamesTheUpOfTheFileThatItWasAppliedFrom() {
		assertThat(StepHistoryRecords.evidence(rollback(WHOLE, null), PROOF).upChecksum()).isEqualTo(UP);
	}

	@Test
	void evidenceOfARowOfAnotherRunnerIsSilentAboutAFileThatDiffers() {
		assertThat(StepHistoryRecords.evidence(rollback(new Checksum("other"), null), PROOF).upChecksum()).isNull();
	}

	@Test
	void removedWithoutARowIsNothing() {
		assertThat(TestTransactions.records().removed(TestSteps.step("1"))).isEmpty();
		assertThat(TestTransactions.records().removed(rollback(WHOLE, UP))).hasSize(1);
	}

	@Test
	void rollbackFailedLeavesAnEventOfEachMigration() {
		List<PlanStep> steps = List.of(TestSteps.step("2"), TestSteps.step("1"));

		assertThat(TestTransactions.records().rollbackFailed(steps, "it's broken")).satisfiesExactly(
				(sql) -> assertThat(sql).contains("'2'", "'it''s broken'"),
				(sql) -> assertThat(sql).contains("'1'", "'it''s broken'"));
	}

	private static PlanStep rollback(Checksum checksum, @Nullable Checksum upChecksum) {
		PlanStep step = TestSteps.step("1");
		Migration file = new Migration(step.version(), "step", step.file(), WHOLE,
				() -> new Migration.Content(UP, new Checksum("down"), step.section(), step.section()));
		AppliedMigration row = new AppliedMigration(7, MigrationVersion.of("1"), "step", null, checksum, upChecksum,
				null, false, false, null);
		return new PlanStep(step.version(), "step", step.section(), step.file(), PlanStep.Source.FILE, file, row, null);
	}

}
