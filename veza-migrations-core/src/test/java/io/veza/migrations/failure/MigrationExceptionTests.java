package io.veza.migrations.failure;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanToken;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.status.PlanOutlook;
import io.veza.migrations.status.RunningOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationExceptionTests {

	private static final UUID ID = new UUID(0, 1);

	private static final MigrationVersion V1 = MigrationVersion.of("1");

	@Test
	void everyFailureIsAnsweredAsDocumented() {
		assertThat(failures().map((failure) -> failure.getClass().getSimpleName().replace("Exception", "") + " "
				+ failure.type().id() + " " + failure.status() + " " + failure.exitCode()))
			.containsExactly("InvalidMigrations invalid-files 422 2", "PlanRefused refused 422 10",
					"PendingMigrations refused 422 3", "MigrationFailed migration-failed 500 4",
					"LockNotObtained operation-running 409 5", "OperationRunning operation-running 409 5",
					"MigratorClosed closing 503 5", "DatabaseUnreachable database-unreachable 503 5",
					"UnsupportedDatabase refused 422 2", "HistoryRefused refused 422 2",
					"HistoryFailed history-failed 500 1", "BackupFailed backup-failed 422 7",
					"RestoreFailed restore-failed 422 7", "VerificationFailed verification-differs 422 8",
					"PlanChanged plan-changed 409 6", "Rehearsal refused 422 2");
	}

	@Test
	void noFailureIsLeftOut() {
		assertThat(failures().map(MigrationException::getClass).toList()).isEqualTo(members(MigrationException.class));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void everyFailureSaysWhatToDo(MigrationException failure) {
		assertThat(failure.title()).isNotBlank();
		assertThat(failure.description()).isNotBlank();
		assertThat(failure.action()).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "42501, 2", "53100, 1", "58030, 1", "55P03, 1" })
	void exitCodeOfAFailedHistoryTellsConfigurationFromTheRest(String sqlState, int exitCode) {
		HistoryFailedException failure = new HistoryFailedException("No.", new SQLException("no", sqlState));

		assertThat(failure.sqlState()).isEqualTo(sqlState);
		assertThat(failure.exitCode()).isEqualTo(exitCode);
	}

	static Stream<MigrationException> failures() {
		MigrationPlan plan = new MigrationPlan(MigrationOperation.MIGRATE, List.of(), List.of(), List.of());
		MigrationReport report = new MigrationReport(ID, MigrationOperation.MIGRATE, List.of(), V1, List.of(),
				List.of());
		return Stream.of(new InvalidMigrationsException(List.of(FileProblem.of("a.sql", "It is empty."))),
				new PlanRefusedException(new MigrationPlan(
						MigrationOperation.MIGRATE, List.of(), List.of(), List.of(new PlanProblem.NoFiles(1)))),
				new PendingMigrationsException(List.of(V1)),
				new MigrationFailedException("Nothing of it was kept.",
						new SqlFailure("a.sql", 1, 1, null, "42601", "syntax error", null, null, null, null), report,
						null),
				new LockNotObtainedException("It is held.", "pid 7"),
				new OperationRunningException(
						RunningOperation.begun(ID, MigrationOperation.MIGRATE, null, Instant.EPOCH)),
				new MigratorClosedException(MigrationOperation.MIGRATE),
				new DatabaseUnreachableException("It is gone.", null), new UnsupportedDatabaseException("It is H2."),
				new HistoryRefusedException("It is not ours."),
				new HistoryFailedException("It is full.", new SQLException("full", "53100")),
				new BackupFailedException("It is too large.", "Raise the limit.", null),
				new RestoreFailedException("It is not there.", "Apply it first.", null),
				new VerificationFailedException(V1,
						new RollbackVerification(RollbackVerification.Restored.NO, List.of())),
				new PlanChangedException(outlook(plan), List.of("a file")),
				new RehearsalException("It may not.", "Grant it.", null));
	}

	private static PlanOutlook outlook(MigrationPlan plan) {
		return new PlanOutlook(plan, new PlanToken("a", "b", "c", "d"), List.of(), List.of(), List.of(), null);
	}

	private static List<Class<?>> members(Class<?> type) {
		if (!type.isSealed()) {
			return List.of(type);
		}
		List<Class<?>> members = new ArrayList<>();
		for (Class<?> permitted : type.getPermittedSubclasses()) {
			members.addAll(members(permitted));
		}
		return members;
	}

}
