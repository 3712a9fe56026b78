package io.veza.migrations.actuate;

import java.util.Map;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestReaderTests {

	private static final RequestOrigin ORIGIN = new RequestOrigin("olga", "broken", false);

	@Test
	void rollbackTakesCountOrTargetAndOrigin() {
		assertThat(requests(Map.of("count", "2", "reason", "broken")).rollback(false))
			.isEqualTo(RollbackRequest.latest(2, ORIGIN));
		assertThat(requests(Map.of("to", "001", "reason", "broken")).rollback(false))
			.isEqualTo(RollbackRequest.downTo(MigrationVersion.of("1"), ORIGIN));
	}

	@Test
	void rollbackTakesTheTokenAndTheBackup() {
		String token = "v1-0123456789abcdef-0123456789abcdef-0123456789abcdef-0123456789abcdef";

		RollbackRequest request = requests(Map.of("count", "1", "token", token, "backup", "pg-dump")).rollback(true);

		assertThat(request.origin().token()).isEqualTo(token);
		assertThat(request.backup()).isEqualTo(BackupMode.PG_DUMP);
	}

	@Test
	void rollbackWithoutTheTokenThatIsRequiredIsRefused() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> requests(Map.of("count", "1")).rollback(true))
			.withMessage("\"token\" is missing. Look at the plan with the same arguments first, and give its token.");
	}

	@Test
	void rollbackWithUnreadableTokenAndBackupIsRefused() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> requests(Map.of("count", "1", "token", "x", "backup", "tape")).rollback(false))
			.withMessageContaining("\"token\" is not the token of a plan")
			.withMessageContaining("\"backup\" is \"tape\"");
	}

	@Test
	void rollbackWithoutCountAndTargetIsRefused() {
		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> requests(Map.of()).rollback(false))
			.withMessageContaining("Exactly one of \"count\" and \"to\"");
	}

	@Test
	void rollbackWithCountOfZeroIsRefused() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> requests(Map.of("count", "0")).rollback(false))
			.withMessageContaining("\"count\" is 0");
	}

	@Test
	void rollbackWithUnreadableCountDoesNotAskForTheTargetToo() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> requests(Map.of("count", "x")).rollback(false))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(1));
	}

	@Test
	void rollbackWithAnEmptyTargetIsRefused() {
		OperationArguments arguments = OperationArguments.exactly(Map.of("to", " "));

		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> new RequestReader(arguments, "olga").migrate())
			.withMessageContaining("\"to\" is empty. Give a value, or leave it out.");
	}

	@Test
	void rollbackWithAReasonThatCannotBeStoredIsRefused() {
		for (String reason : new String[] { "a\0b", "x".repeat(4001) }) {
			assertThatExceptionOfType(InvalidArgumentsException.class)
				.isThrownBy(() -> requests(Map.of("count", "1", "reason", reason)).rollback(false))
				.withMessageContaining("\"reason\" is longer than 4000 characters or holds a NUL character.");
		}
	}

	@Test
	void migrateTakesTargetAndOrigin() {
		assertThat(requests(Map.of("to", "3", "reason", "broken")).migrate())
			.isEqualTo(new MigrateRequest(MigrationVersion.of("3"), ORIGIN));
	}

	@Test
	void migrateWithoutATokenReleasesNothing() {
		assertThat(requests(Map.of()).migrate().releaseHeld()).isFalse();
	}

	@Test
	void migrateWithATokenReleasesWhatItsPlanLists() {
		String token = "v1-0123456789abcdef-0123456789abcdef-0123456789abcdef-0123456789abcdef";

		MigrateRequest request = requests(Map.of("token", token)).migrate();

		assertThat(request.releaseHeld()).isTrue();
		assertThat(request.origin().token()).isEqualTo(token);
	}

	@Test
	void migratePlanListsWhatIsHeld() {
		assertThat(requests(Map.of()).migratePlan().releaseHeld()).isTrue();
	}

	@Test
	void repairTakesListsOfVersions() {
		RepairRequest request = requests(Map.of("acceptChanged", "1,2", "acceptRenamed", "6", "markApplied", "3",
				"markPending", "4", "removeMissing", "5", "reason", "broken"))
			.repair();

		assertThat(request.acceptChanged()).containsExactlyInAnyOrder(MigrationVersion.of("1"),
				MigrationVersion.of("2"));
		assertThat(request.markApplied()).containsExactly(MigrationVersion.of("3"));
		assertThat(request.markPending()).containsExactly(MigrationVersion.of("4"));
		assertThat(request.removeMissing()).containsExactly(MigrationVersion.of("5"));
		assertThat(request.acceptRenamed()).containsExactly(MigrationVersion.of("6"));
		assertThat(request.origin()).isEqualTo(ORIGIN);
	}

	@Test
	void repairOfNothingIsRefused() {
		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> requests(Map.of()).repair())
			.withMessageStartingWith("Nothing to repair is named.");
	}

	@Test
	void baselineTakesVersion() {
		assertThat(requests(Map.of("version", "3", "reason", "broken")).baseline())
			.isEqualTo(new BaselineRequest(MigrationVersion.of("3"), ORIGIN));
		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> requests(Map.of()).baseline())
			.withMessageStartingWith("\"version\" is missing.");
	}

	@Test
	void planTakesNoReason() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> requests(Map.of("reason", "broken")).migratePlan())
			.withMessageContaining("\"reason\" is not an argument here.");
	}

	@Test
	void plannedIsTheOperation() {
		assertThat(requests(Map.of("operation", "migrate")).planned()).isEqualTo(MigrationOperation.MIGRATE);
		assertThat(requests(Map.of("operation", "rollback")).planned()).isEqualTo(MigrationOperation.ROLLBACK);
	}

	@Test
	void plannedWhenOperationIsUnknownIsReportedWithTheOtherProblems() {
		RequestReader requests = requests(Map.of("operation", "destroy", "count", "x"));
		requests.planned();

		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(requests::rollbackPlan)
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2)
				.first()
				.isEqualTo("\"operation\" is \"destroy\". Give \"migrate\" or \"rollback\"."));
	}

	private static RequestReader requests(Map<String, String> values) {
		return new RequestReader(OperationArguments.of(values), "olga");
	}

}
