package io.veza.migrations.autoconfigure.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.OutputFormat;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RepairArguments;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RestoreArguments;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RollbackArguments;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrationsCommandIntegrationTests {

	private static final RollbackArguments NO_ROLLBACK = new RollbackArguments(null, null, null, null, null, false);

	private static final RepairArguments NO_REPAIR = new RepairArguments(List.of(), List.of(), List.of(), List.of(),
			List.of());

	private final TestDatabase database = TestDatabase.create();

	private final WrittenStreams written = new WrittenStreams();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);\nCREATE TABLE \"é\" (id int);",
					"DROP TABLE \"é\";\nDROP TABLE b;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void migrateEndsAtItsTargetAndRecordsWhoAsked() {
		assertThat(run(CommandName.MIGRATE, "1", NO_ROLLBACK, NO_REPAIR)).isZero();

		assertThat(this.written.out()).matches("Applied 1 migration\\(s\\)\\.\n {2}1 a in \\d+ ms\n");
		assertThat(this.database.query("SELECT DISTINCT requested_by FROM schema_migration_events"))
			.containsExactly("olivia");
	}

	@Test
	void migrateWhenNothingIsPendingSaysSo() {
		migrate();

		assertThat(run(CommandName.MIGRATE)).isZero();

		assertThat(this.written.out()).isEqualTo("Nothing to do.\n");
	}

	@Test
	void rollbackPrintsItsSteps() {
		migrate();

		assertThat(run(CommandName.ROLLBACK, null, new RollbackArguments(null, null, null, "too early", null, false),
				NO_REPAIR))
			.isZero();

		assertThat(this.written.out().lines()).satisfiesExactly(
				(line) -> assertThat(line).isEqualTo("[ok] prerequisites: 2 migration file(s) are valid"),
				(line) -> assertThat(line).startsWith("[ok] connection: database \"" + this.database.name() + "\""),
				(line) -> assertThat(line).isEqualTo("[ok] backup: in-database: nothing to keep"),
				(line) -> assertThat(line).isEqualTo("[ok] rollback: reverted 1 migration(s)"),
				(line) -> assertThat(line).matches(" {2}2 b in \\d+ ms"),
				(line) -> assertThat(line).isEqualTo("[ok] verification: exact"));
		assertThat(
				this.database.query("SELECT DISTINCT reason FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly("too early");
	}

	@Test
	void rollbackThatIsRefusedPrintsWhichStepFailed() {
		migrate();

		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(() -> run(CommandName.ROLLBACK, null,
				new RollbackArguments(3, null, null, null, null, false), NO_REPAIR));

		assertThat(this.written.out()).contains("[ok] connection").endsWith("[failed] rollback\n");
	}

	@Test
	void rollbackWithInvalidFilesFailsBeforeItConnects() {
		this.folder.withFile("3_c.sql", "SELECT 1;");

		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(CommandName.ROLLBACK));

		assertThat(this.written.out()).isEqualTo("[failed] prerequisites\n");
	}

	@Test
	void planShowsEachStatementWithItsPlaceAndRunsNothing() {
		assertThat(run(CommandName.PLAN, "1", NO_ROLLBACK, NO_REPAIR)).isZero();

		assertThat(this.written.out()).startsWith("""
				Plan of migrate: 1 migration(s)

				In one transaction:
				  1 a
				    %s:2
				      CREATE TABLE a (id int)
				""".formatted(this.folder.path().resolve("1_a.sql")));
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void planWithACountIsThatOfARollback() {
		migrate();

		assertThat(run(CommandName.PLAN, null, new RollbackArguments(null, "1", null, null, null, false), NO_REPAIR))
			.isZero();

		assertThat(this.written.out()).startsWith("Plan of rollback: 1 migration(s)").contains("DROP TABLE \"é\"");
	}

	@Test
	void planThatWouldBeRefusedSaysWhyAndEndsSo() {
		assertThat(run(CommandName.PLAN, null, new RollbackArguments(1, null, null, null, null, false), NO_REPAIR))
			.isEqualTo(10);

		assertThat(this.written.out()).isEqualTo("""
				Plan of rollback: nothing to do

				Refused:
				  The rollback of 1 migration(s) was asked for, but none is applied. Migrate first.
				""");
	}

	@Test
	void statusListsWhatIsAppliedAndWhatIsNot() {
		run(CommandName.MIGRATE, "1", NO_ROLLBACK, NO_REPAIR);

		assertThat(run(CommandName.STATUS)).isZero();

		assertThat(this.written.out().lines()).anyMatch((line) -> line.startsWith("Database \"" + this.database.name()))
			.contains("State    pending")
			.anyMatch((line) -> line.matches("1 {8}a {12}applied  20\\S+Z +olivia  \\d+ ms"))
			.contains("2        b            pending");
	}

	@Test
	void validateWhenNothingIsPendingIsContent() {
		migrate();

		assertThat(run(CommandName.VALIDATE)).isZero();

		assertThat(this.written.out()).isEqualTo("Valid: nothing is pending, and 2 migration(s) are applied.\n");
	}

	@Test
	void validateWhenSomethingIsPendingFails() {
		assertThatExceptionOfType(PendingMigrationsException.class).isThrownBy(() -> run(CommandName.VALIDATE));

		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void repairSettlesWhatItNames() {
		migrate();
		this.folder.with("1_a.sql", "CREATE TABLE a (id bigint);", "DROP TABLE a;");

		assertThat(run(CommandName.REPAIR, null, NO_ROLLBACK,
				new RepairArguments(List.of("1"), List.of(), List.of(), List.of(), List.of())))
			.isZero();

		assertThat(this.written.out())
			.startsWith("Settled 1 migration(s).\n  1 a in 0 ms\n\nWarnings:\n  Version \"1\"");
	}

	@Test
	void baselineRecordsUpToItsVersion() {
		this.database.execute("CREATE TABLE a (id int)");

		assertThat(run(CommandName.BASELINE)).isZero();

		assertThat(this.written.out()).startsWith("Recorded as applied 1 migration(s).");
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	private void migrate() {
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private int run(CommandName command) {
		return run(command, null, NO_ROLLBACK, NO_REPAIR);
	}

	private int run(CommandName command, @Nullable String to, RollbackArguments rollback, RepairArguments repair) {
		CommandRequests requests = new CommandRequests(new MigrationsCommandProperties(command, OutputFormat.TEXT, to,
				rollback, repair, new RestoreArguments(null)), "1", false, "olivia");
		MigrationSource source = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(this.folder.location()));
		return new MigrationsCommand(command, Migrators.migrator(this.folder, this.database), Optional.of(source),
				requests, new TextOutput(this.written.streams()), () -> {
					throw new IllegalStateException();
				})
			.run();
	}

}
