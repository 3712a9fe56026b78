package io.veza.migrations.plan;

import java.util.List;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.plan.TestHistory.history;
import static io.veza.migrations.plan.TestMigration.file;
import static io.veza.migrations.plan.TestMigration.files;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MigrationStates}.
 */
class MigrationStatesTests {

	@Test
	void ofWhenNothingIsAppliedListsFilesAsPendingInOrderOfVersion() {
		MigrationStates states = MigrationStates.of(files("10", "9", "1.2"), MigrationHistory.EMPTY);

		assertThat(states.applied()).isEmpty();
		assertThat(describe(states.pending())).containsExactly("1.2 pending", "9 pending", "10 pending");
	}

	@Test
	void ofWhenAppliedOutOfOrderListsAppliedInOrderOfApplication() {
		MigrationStates states = MigrationStates.of(files("001", "002", "003"),
				history().applied("001", "003", "002").build());

		assertThat(describe(states.applied())).containsExactly("001 applied", "003 applied", "002 applied");
		assertThat(states.pending()).isEmpty();
	}

	@Test
	void ofGivesFileAndRow() {
		Migration migration = file("001").build();
		MigrationHistory history = history().applied("001").build();

		MigrationInfo info = MigrationStates.of(List.of(migration), history).applied().get(0);

		assertThat(info.migration()).isSameAs(migration);
		assertThat(info.applied()).isSameAs(history.applied().get(0));
		assertThat(info.progress()).isNull();
	}

	@Test
	void ofWhenRowWritesVersionWithoutLeadingZerosIsTheSameMigration() {
		MigrationInfo info = MigrationStates.of(files("001"), history().applied("1").build()).applied().get(0);

		assertThat(info.version().text()).isEqualTo("1");
		assertThat(info.migration()).isNotNull();
	}

	@Test
	void ofWhenUpDiffersIsChanged() {
		MigrationStates states = MigrationStates.of(files("001"), history().appliedFromAnotherFile("001").build());

		assertThat(describe(states.applied())).containsExactly("001 changed");
	}

	@Test
	void ofWhenOnlyCommentsDifferIsApplied() {
		MigrationStates states = MigrationStates.of(files("001"), history().appliedWithOtherComments("001").build());

		assertThat(describe(states.applied())).containsExactly("001 applied");
	}

	@Test
	void ofWhenRowOfTheGuidesRunnerHasTheChecksumOfTheFileIsApplied() {
		MigrationStates states = MigrationStates.of(files("001"), history().appliedByTheGuidesRunner("001").build());

		assertThat(describe(states.applied())).containsExactly("001 applied");
	}

	@Test
	void ofWhenAppliedHasNoFileIsMissing() {
		MigrationStates states = MigrationStates.of(files("002"), history().applied("001", "002", "003").build());

		assertThat(describe(states.applied())).containsExactly("001 missing", "002 applied", "003 missing");
	}

	@Test
	void ofWhenPendingIsOlderThanNewestAppliedIsOutOfOrder() {
		MigrationStates states = MigrationStates.of(files("001", "002", "003", "004"),
				history().applied("003", "001").build());

		assertThat(describe(states.pending())).containsExactly("002 out-of-order", "004 pending");
	}

	@Test
	void ofWhenMigrationStoppedHalfWayIsFailedAmongPending() {
		MigrationStates states = MigrationStates.of(files("001", "002"),
				history().applied("001").migrating("002", 1).build());

		assertThat(describe(states.pending())).containsExactly("002 failed");
		assertThat(states.pending().get(0).progress()).isNotNull();
	}

	@Test
	void ofWhenMigrationWithoutFileStoppedHalfWayIsFailedAmongPending() {
		MigrationStates states = MigrationStates.of(files("001", "003"),
				history().applied("001").migrating("002", 1).build());

		assertThat(describe(states.pending())).containsExactly("002 failed", "003 pending");
		assertThat(states.pending().get(0).migration()).isNull();
	}

	@Test
	void ofWhenRollbackStoppedHalfWayIsFailedAmongApplied() {
		MigrationStates states = MigrationStates.of(files("001", "002"),
				history().applied("001", "002").rollingBack("002", 1).build());

		assertThat(describe(states.applied())).containsExactly("001 applied", "002 failed");
		assertThat(states.pending()).isEmpty();
	}

	@Test
	void ofWhenRolledBackIsHeldAndSaysHow() {
		MigrationStates states = MigrationStates.of(files("001", "002", "003"),
				history().applied("001").rolledBack("002").build());

		assertThat(describe(states.pending())).containsExactly("002 held", "003 pending");
		assertThat(states.pending().get(0).held()).extracting(HeldMigration::requestedBy).isEqualTo("olivia");
		assertThat(states.pending().get(1).held()).isNull();
	}

	@Test
	void ofWhenTheUpOfTheRolledBackOneHasChangedIsPending() {
		MigrationStates states = MigrationStates.of(files("001"), history().rolledBackFromAnotherFile("001").build());

		assertThat(describe(states.pending())).containsExactly("001 pending");
	}

	@Test
	void ofWhenItIsNotKnownWhichUpWasRolledBackIsHeld() {
		MigrationStates states = MigrationStates.of(files("001"), history().rolledBackOfTheGuidesRunner("001").build());

		assertThat(describe(states.pending())).containsExactly("001 held");
	}

	@Test
	void ofWhenTheRolledBackOneIsSpelledOtherwiseIsHeld() {
		MigrationStates states = MigrationStates.of(files("001"), history().rolledBackOfTheGuidesRunner("1.0").build());

		assertThat(describe(states.pending())).containsExactly("001 held");
	}

	@Test
	void ofWhenTheRolledBackOneIsOutOfOrderIsHeld() {
		MigrationStates states = MigrationStates.of(files("001", "002"),
				history().applied("002").rolledBack("001").build());

		assertThat(describe(states.pending())).containsExactly("001 held");
	}

	@Test
	void ofWhenTheReleasedOneStoppedHalfWayIsFailed() {
		MigrationStates states = MigrationStates.of(files("001"),
				history().rolledBack("001").migrating("001", 1).build());

		assertThat(describe(states.pending())).containsExactly("001 failed");
	}

	@Test
	void heldBackIsWhatIsHeldAndEveryLaterOne() {
		MigrationStates states = MigrationStates.of(files("001", "002", "003", "004"),
				history().rolledBack("002", "004").build());

		assertThat(describe(states.heldBack())).containsExactly("002 held", "003 pending", "004 held");
	}

	@Test
	void newestAppliedIsNewestByVersion() {
		MigrationStates states = MigrationStates.of(files("9", "10"), history().applied("10", "9").build());

		assertThat(states.newestApplied()).hasValue(MigrationVersion.of("10"));
	}

	private static List<String> describe(List<MigrationInfo> infos) {
		return infos.stream().map((info) -> info.version() + " " + id(info.state())).toList();
	}

	private static String id(MigrationState state) {
		return state.id();
	}

}
