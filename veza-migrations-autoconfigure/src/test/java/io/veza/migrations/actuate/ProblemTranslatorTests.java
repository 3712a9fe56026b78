package io.veza.migrations.actuate;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryFailedException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.MigratorClosedException;
import io.veza.migrations.failure.OperationRunningException;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.failure.UnsupportedDatabaseException;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.status.RunningOperation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTranslatorTests {

	private static final UUID ID = new UUID(0, 1);

	private final ProblemTranslator problems = new ProblemTranslator(new LastKnownStatus(() -> {
		throw new DatabaseUnreachableException("unreachable", null);
	}));

	@Test
	void closingApplicationIsUnavailable() {
		ProblemDescriptor problem = this.problems.describe(new MigratorClosedException(MigrationOperation.ROLLBACK));

		assertThat(problem.status()).isEqualTo(503);
		assertThat(problem.title()).isEqualTo("The application is closing");
	}

	@Test
	void describeInvalidArgumentsNamesEach() {
		ProblemDescriptor problem = this.problems.describe(new InvalidArgumentsException(List.of("one", "two")));

		assertThat(problem).isEqualTo(new ProblemDescriptor.ListedProblems("urn:veza:migrations:invalid-arguments",
				"Invalid arguments", 400, "one\ntwo", null, List.of("one", "two")));
	}

	@Test
	void describeNotFoundIs404() {
		assertThat(this.problems.describe(new NotFoundException("no such version")).status()).isEqualTo(404);
	}

	@Test
	void describeRunningOperationSaysWhoAndSinceWhen() {
		RunningOperation running = RunningOperation.begun(ID, MigrationOperation.MIGRATE, "olga", Instant.EPOCH);

		ProblemDescriptor problem = this.problems.describe(new OperationRunningException(running));

		assertThat(problem.status()).isEqualTo(409);
		assertThat(problem).isInstanceOfSatisfying(ProblemDescriptor.BusyProblem.class, (busy) -> {
			assertThat(busy.requestedBy()).isEqualTo("olga");
			assertThat(busy.since()).isEqualTo("1970-01-01T00:00:00Z");
		});
	}

	@Test
	void describeLockOfAnotherProcessSaysWhoHoldsIt() {
		ProblemDescriptor problem = this.problems.describe(new LockNotObtainedException("busy", "pid 7"));

		assertThat(problem.status()).isEqualTo(409);
		assertThat(problem).isInstanceOfSatisfying(ProblemDescriptor.BusyProblem.class,
				(busy) -> assertThat(busy.holder()).isEqualTo("pid 7"));
	}

	@Test
	void describeRefusedPlanListsItsProblems() {
		PlanProblem missing = new PlanProblem.MissingFile(SampleMigrations.V1, "create_users");

		ProblemDescriptor problem = this.problems.describe(new PlanRefusedException(
				new MigrationPlan(MigrationOperation.MIGRATE, List.of(), List.of(), List.of(missing))));

		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem).isInstanceOfSatisfying(ProblemDescriptor.ListedProblems.class,
				(several) -> assertThat(several.problems()).containsExactly(missing.message()));
	}

	@Test
	void describeInvalidFilesListsThem() {
		ProblemDescriptor problem = this.problems.describe(
				new InvalidMigrationsException(List.of(InvalidMigrationsException.FileProblem.of("a.sql", "is bad."))));

		assertThat(problem.status()).isEqualTo(422);
		assertThat(problem).isInstanceOfSatisfying(ProblemDescriptor.ListedProblems.class,
				(several) -> assertThat(several.problems()).containsExactly("a.sql: is bad."));
	}

	@Test
	void describeOtherRefusalsIs422() {
		assertThat(this.problems.describe(new HistoryRefusedException("foreign")).status()).isEqualTo(422);
		assertThat(this.problems.describe(new UnsupportedDatabaseException("old")).status()).isEqualTo(422);
		assertThat(this.problems.describe(new PendingMigrationsException(List.of(SampleMigrations.V1))).status())
			.isEqualTo(422);
	}

	@Test
	void describeFailedHistorySaysWhatTheServerAnswered() {
		SQLException full = new SQLException("could not extend file", "53100");

		assertThat(this.problems.describe(new HistoryFailedException("It is full.", "Free some space.", full)))
			.isEqualTo(new ProblemDescriptor.HistoryFailedProblem("urn:veza:migrations:history-failed",
					"The history could not be read or written", 500, "It is full. Free some space.", null, "53100"));
	}

	@Test
	void describeUnreachableDatabaseIs503() {
		assertThat(this.problems.describe(new DatabaseUnreachableException("gone", null)))
			.isEqualTo(new ProblemDescriptor.PlainProblem("urn:veza:migrations:database-unreachable",
					"Database unreachable", 503, "gone", null));
	}

	@Test
	void describeFailedSqlSaysWhereAndWhatWasDone() {
		ProblemDescriptor problem = this.problems.describe(failure());

		assertThat(problem.status()).isEqualTo(500);
		assertThat(problem).isInstanceOfSatisfying(ProblemDescriptor.MigrationFailedProblem.class, (failed) -> {
			assertThat(failed.operationId()).isEqualTo(ID.toString());
			assertThat(failed.version()).isEqualTo("2");
			assertThat(failed.file()).isEqualTo("2_b.sql");
			assertThat(List.of(failed.line(), failed.column())).containsExactly(3, 4);
			assertThat(failed.sqlState()).isEqualTo("42601");
			assertThat(failed.hint()).isEqualTo("a hint");
			assertThat(failed.detail()).contains("Nothing of it was kept.", "a detail", "^");
			assertThat(failed.migrations()).containsExactly(new ReportDescriptor.MigrationOutcome("001", "a", 5));
			assertThat(failed.notTried()).containsExactly("3");
		});
	}

	private static MigrationFailedException failure() {
		SqlFailure failure = new SqlFailure("2_b.sql", 3, 4, "    SELEC 1", "42601", "syntax error", "a detail",
				"a hint", "a context", "an advice");
		MigrationReport report = new MigrationReport(ID, MigrationOperation.MIGRATE,
				List.of(new MigrationReport.Outcome(SampleMigrations.V1, "a", Duration.ofMillis(5))),
				MigrationVersion.of("2"), List.of(MigrationVersion.of("3")), List.of());
		return new MigrationFailedException("Nothing of it was kept.", failure, report, null);
	}

}
