package io.veza.migrations.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.autoconfigure.startup.StartAbandonedException;
import io.veza.migrations.autoconfigure.startup.StartFailedException;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.failure.LockNotObtainedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.MigratorClosedException;
import io.veza.migrations.failure.OperationRunningException;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.failure.UnsupportedDatabaseException;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationFailureAnalyzerTests {

	@Test
	void invalidMigrationsShowEachPlaceWithACaret() {
		FailureAnalysis analysis = analyze(new InvalidMigrationsException(
				List.of(new FileProblem("db/001_a.sql", 3, 4, "-- UPP", "There is no UP. Write \"-- UP\"."),
						FileProblem.of("db/x.sql", "The name does not fit. Rename it."))));

		assertThat(analysis.getDescription()).isEqualTo("""
				Migration files are not valid:

				db/001_a.sql:3:4: There is no UP. Write "-- UP".
				  -- UPP
				     ^

				db/x.sql: The name does not fit. Rename it.""");
		assertThat(analysis.getAction()).isEqualTo("Correct the files and start again. The database was not touched.");
	}

	@Test
	void refusedPlanShowsEachProblem() {
		FailureAnalysis analysis = analyze(new PlanRefusedException(
				new MigrationPlan(MigrationOperation.MIGRATE, List.of(), List.of(), List.of(new PlanProblem.NoFiles(2),
						new PlanProblem.OutOfOrder(version("2"), "db/2_b.sql", version("3"))))));

		assertThat(analysis.getDescription()).startsWith("Migrations refuse to run:\n\nNo migration file was found")
			.contains("\n\n\"db/2_b.sql\" is pending, but its version \"2\" is older");
		assertThat(analysis.getAction())
			.isEqualTo("Settle each of them as it says, then start again. The database was not changed.");
	}

	@Test
	void failedBackupSaysWhatToDo() {
		FailureAnalysis analysis = analyze(new BackupFailedException("\"users\" is too large.", "Use pg-dump.", null));

		assertThat(analysis.getDescription()).isEqualTo("\"users\" is too large.");
		assertThat(analysis.getAction()).isEqualTo("Use pg-dump.");
	}

	@Test
	void failedRestoreSaysWhatToDo() {
		FailureAnalysis analysis = analyze(
				new RestoreFailedException("\"users\" is not there.", "Apply version \"003\" first.", null));

		assertThat(analysis.getDescription()).isEqualTo("\"users\" is not there.");
		assertThat(analysis.getAction()).isEqualTo("Apply version \"003\" first.");
	}

	@Test
	void rehearsalThatCannotBeHeldSaysWhatToDo() {
		FailureAnalysis analysis = analyze(new RehearsalException("\"eva\" may not.", "Grant it.", null));

		assertThat(analysis.getDescription()).isEqualTo("\"eva\" may not.");
		assertThat(analysis.getAction()).isEqualTo("Grant it.");
	}

	@Test
	void pendingMigrationsAreNamed() {
		FailureAnalysis analysis = analyze(new PendingMigrationsException(List.of(version("003"), version("004"))));

		assertThat(analysis.getDescription())
			.isEqualTo("veza.migrations.mode is validate, and 2 migration(s) are pending: \"003\", \"004\".");
		assertThat(analysis.getAction())
			.isEqualTo("Apply them from a process that runs with veza.migrations.mode=migrate, then start again. "
					+ "To wait for that process instead, set veza.migrations.mode=wait.");
	}

	@Test
	void heldMigrationsAreToldApart() {
		HeldMigration held = new HeldMigration(version("003"), Instant.EPOCH, "olivia", "app", "it\nbroke", null);

		FailureAnalysis analysis = analyze(new PendingMigrationsException(List.of(version("004")), List.of(held)));

		assertThat(analysis.getDescription()).isEqualTo("veza.migrations.mode is validate, and 1 migration(s) are "
				+ "pending: \"004\". 1 migration(s) are held: \"003\" was rolled back by \"olivia\" "
				+ "at 1970-01-01T00:00:00Z because of \"it broke\".");
		assertThat(analysis.getAction()).startsWith("Correct the UP of what is held, or release it from a process");
		assertThat(((PendingMigrationsException) analysis.getCause()).exitCode()).isEqualTo(3);
	}

	@Test
	void onlyHeldMigrationsAreNotCalledPending() {
		HeldMigration held = new HeldMigration(version("003"), Instant.EPOCH, null, "app", null, null);

		assertThat(new PendingMigrationsException(List.of(), List.of(held))).hasMessage("Version \"003\" is held: "
				+ "it was rolled back by \"app\" at 1970-01-01T00:00:00Z. Correct the UP of what is held, or release it "
				+ "from a process that runs with veza.migrations.mode=migrate and veza.migrations.release-held=true.");
	}

	@Test
	void failedMigrationShowsThePlaceWithACaretAndWhatToCorrect() {
		FailureAnalysis analysis = analyze(failed(null));

		assertThat(analysis.getDescription()).isEqualTo("""
				Version "002" could not be applied. Nothing of it was kept.
				db/002_b.sql:5:8: relation "nope" does not exist (SQLSTATE 42P01)
				  SELECT nope
				         ^""");
		assertThat(analysis.getAction()).isEqualTo("Correct \"db/002_b.sql\" and start again. "
				+ "What was applied before stays applied and is not run again.");
	}

	@Test
	void failedMigrationWithAdviceMakesItTheAction() {
		FailureAnalysis analysis = analyze(failed("Grant CREATE on the schema."));

		assertThat(analysis.getDescription()).endsWith("^");
		assertThat(analysis.getAction()).isEqualTo("Grant CREATE on the schema.");
	}

	@Test
	void lockNotObtainedNamesTheHolder() {
		FailureAnalysis analysis = analyze(
				new LockNotObtainedException("\"shop\" (pid 7) migrates. Wait for it.", "\"shop\" (pid 7)"));

		assertThat(analysis.getDescription())
			.isEqualTo("Another run of migrations did not end in time:\n\n\"shop\" (pid 7) migrates. Wait for it.");
		assertThat(analysis.getAction()).isEqualTo("Wait until it has ended, or end the session that holds the lock, "
				+ "then start again. If its migrations take long, raise veza.migrations.lock.wait.");
	}

	@Test
	void operationRunningNamesIt() {
		FailureAnalysis analysis = analyze(new OperationRunningException(
				RunningOperation.begun(new UUID(0, 0), MigrationOperation.ROLLBACK, "eva", Instant.EPOCH)));

		assertThat(analysis.getDescription()).startsWith("Migrations could not run at the start:\n\n"
				+ "A rollback requested by \"eva\" is running since 1970-01-01T00:00:00Z.");
		assertThat(analysis.getAction()).isEqualTo("Wait until the operation has ended, then start again.");
	}

	@Test
	void unreachableDatabaseSaysWhatToCheck() {
		FailureAnalysis analysis = analyze(new DatabaseUnreachableException("Connection refused.", null));

		assertThat(analysis.getDescription())
			.isEqualTo("The database to migrate cannot be reached:\n\nConnection refused.");
		assertThat(analysis.getAction()).isEqualTo("Check that the server runs and can be reached from here, "
				+ "and the URL, user and password of the DataSource, or of veza.migrations.url if that is set.");
	}

	@Test
	void unreachableDatabaseOfWhichMoreIsKnownSaysThatAlone() {
		FailureAnalysis analysis = analyze(
				new DatabaseUnreachableException("There is no database \"x\".", "Create it.", null));

		assertThat(analysis.getDescription())
			.isEqualTo("The database to migrate cannot be reached:\n\nThere is no database \"x\".");
		assertThat(analysis.getAction()).isEqualTo("Create it.");
	}

	@Test
	void sessionThatCannotMigrateSaysWhatToDo() {
		FailureAnalysis analysis = analyze(
				new HistoryRefusedException("The role \"x\" does not exist.", "Create it.", null));

		assertThat(analysis.getDescription()).isEqualTo("Migrations cannot run:\n\nThe role \"x\" does not exist.");
		assertThat(analysis.getAction()).isEqualTo("Create it.");
	}

	@Test
	void unsupportedDatabaseSaysWhereToPoint() {
		FailureAnalysis analysis = analyze(new UnsupportedDatabaseException("This is \"H2\". Use PostgreSQL."));

		assertThat(analysis.getDescription())
			.isEqualTo("The database cannot be migrated:\n\nThis is \"H2\". Use PostgreSQL.");
		assertThat(analysis.getAction()).isEqualTo("Point the DataSource or veza.migrations.url to a supported "
				+ "PostgreSQL server, mark another DataSource with @MigrationsDataSource, "
				+ "or set veza.migrations.enabled=false.");
	}

	@Test
	void closedMigratorIsExplained() {
		FailureAnalysis analysis = analyze(new MigratorClosedException(MigrationOperation.MIGRATE));

		assertThat(analysis.getDescription()).contains("A migrate is not begun any more");
		assertThat(analysis.getAction()).isEqualTo("Start again.");
	}

	@Test
	void abandonedStartIsExplained() {
		FailureAnalysis analysis = StartFailureAnalysis.of(new StartAbandonedException());

		assertThat(analysis.getDescription()).contains("The application was closed");
		assertThat(analysis.getAction()).isEqualTo("Start again to continue.");
	}

	@Test
	void unusableHistorySaysWhereToLook() {
		FailureAnalysis analysis = analyze(
				new HistoryRefusedException("\"schema_migrations\" is of Rails. Rename it."));

		assertThat(analysis.getDescription()).isEqualTo(
				"The history of the migrations cannot be used:\n\n\"schema_migrations\" is of Rails. Rename it.");
		assertThat(analysis.getAction()).isEqualTo("Look at the tables that veza.migrations.schema, table, "
				+ "events-table and progress-table name, and at the privileges of the user that migrates.");
	}

	private static FailureAnalysis analyze(MigrationException failure) {
		return StartFailureAnalysis.of(new StartFailedException(failure));
	}

	private static MigrationFailedException failed(@Nullable String advice) {
		SqlFailure failure = new SqlFailure("db/002_b.sql", 5, 8, "SELECT nope", "42P01",
				"relation \"nope\" does not exist", null, null, null, advice);
		MigrationReport report = new MigrationReport(new UUID(0, 0), MigrationOperation.MIGRATE, List.of(),
				version("002"), List.of(), List.of());
		return new MigrationFailedException("Nothing of it was kept.", failure, report, null);
	}

	private static MigrationVersion version(String text) {
		return MigrationVersion.of(text);
	}

}
