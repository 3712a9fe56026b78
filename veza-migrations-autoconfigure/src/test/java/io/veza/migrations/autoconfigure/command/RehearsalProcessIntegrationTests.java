package io.veza.migrations.autoconfigure.command;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.veza.migrations.busy.BusyApplication;
import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Rehearsals in real processes, which may end before they are done.
 */
@Timeout(300)
class RehearsalProcessIntegrationTests {

	private static final int TERMINATED = 143;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path path;

	private MigrationFolder folder;

	@BeforeEach
	void createFolder() {
		this.folder = MigrationFolder.in(this.path.resolve("all"))
			.with("1_customer.sql", "CREATE TABLE customer (id bigint PRIMARY KEY);", "DROP TABLE customer;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void rehearsalThatIsKilledLeavesWhatOnlyTheNextOneDrops() {
		this.folder.with("2_slow.sql", "SELECT pg_sleep(3600);", "SELECT 1;");
		try (CommandProcess process = start()) {
			await().atMost(PATIENCE).until(() -> sleeping() == 1);
			rehearseFirst();
			assertThat(sleeping()).as("the other rehearsal goes on").isEqualTo(1);

			process.kill();

			await().until(() -> idleSessions() == 0);
			assertThat(scratchDatabases()).isEqualTo(1);
			rehearseFirst();
			assertThat(scratchDatabases() + sleeping()).isZero();
		}
	}

	@Test
	void rehearsalThatIsKilledWhileItCreatesItsDatabaseLeavesNothingForLong() throws SQLException {
		try (Connection blocker = this.database.connect(); Statement lock = blocker.createStatement()) {
			blocker.setAutoCommit(false);
			lock.execute("LOCK TABLE pg_database IN SHARE MODE");
			try (CommandProcess process = start()) {
				await().atMost(PATIENCE).until(() -> creating() == 1);
				process.kill();
			}
			blocker.rollback();
		}
		await().until(() -> creating() + idleSessions() == 0);

		rehearseFirst();

		assertThat(scratchDatabases()).isZero();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
	void rehearsalThatIsTerminatedDropsItsDatabase() {
		this.folder.with("2_slow.sql", "SELECT pg_sleep(3600);", "SELECT 1;");
		try (CommandProcess process = start()) {
			await().atMost(PATIENCE).until(() -> sleeping() == 1);

			process.terminate();

			assertThat(process.awaitExit().exitCode()).isEqualTo(TERMINATED);
			assertThat(scratchDatabases() + sleeping()).as(process.err()).isZero();
		}
	}

	@Test
	void rehearsalWithFindingsWritesAndLocksNothingOfTheRealDatabase() throws SQLException {
		Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
		this.folder.with("2_drop.sql", "DROP TABLE customer;", "CREATE TABLE customer (id bigint PRIMARY KEY);");
		List<String> before = state();
		try (Connection user = this.database.connect(); Statement lock = user.createStatement()) {
			user.setAutoCommit(false);
			lock.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
			try (CommandProcess process = start("--veza.migrations.rehearsal.live-url=" + this.database.url(),
					"--veza.migrations.rehearsal.live-username=" + this.database.user(),
					"--veza.migrations.rehearsal.live-password=" + this.database.password())
				.awaitExit()) {
				assertThat(process.exitCode()).as(process.out() + process.err()).isEqualTo(CommandExitCodes.FINDINGS);
				assertThat(process.out()).contains("table-dropped");
			}
			user.rollback();
		}
		assertThat(state()).isEqualTo(before);
	}

	@Test
	void withoutItsModuleOnlyTheCommandItselfIsMissing() {
		try (CommandProcess process = startWithoutModule("migrate")) {
			assertThat(process.exitCode()).as(process.err()).isZero();
			assertThat(process.out()).startsWith("Applied 1 migration(s).");
		}
		try (CommandProcess process = startWithoutModule("rehearse")) {
			assertThat(process.exitCode()).as(process.err()).isEqualTo(CommandExitCodes.INVALID);
			assertThat(process.err())
				.contains("Error: The command \"rehearse\" needs a module that is not on the class path. "
						+ "Add the dependency io.veza:veza-migrations-rehearsal.");
			assertThat(process.out()).isEmpty();
		}
	}

	private CommandProcess startWithoutModule(String command) {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--veza.migrations.command=" + command);
		return CommandProcess.startWithout(BusyApplication.class, List.of("veza-migrations-rehearsal"), arguments)
			.awaitExit();
	}

	private List<String> state() {
		List<String> state = new ArrayList<>(this.database.writes());
		state.addAll(this.database.objects());
		state.addAll(this.database.query("SELECT oid, xmin, relname, relfilenode FROM pg_class ORDER BY oid"));
		return state;
	}

	private CommandProcess start(String... options) {
		List<String> arguments = CommandProcess.arguments(this.database, this.folder);
		arguments.add("--veza.migrations.command=rehearse");
		arguments.addAll(List.of(options));
		return CommandProcess.start(BusyApplication.class, Map.of(), arguments);
	}

	private void rehearseFirst() {
		MigrationFolder first = MigrationFolder.in(this.path.resolve("first"))
			.with("1_room.sql", "CREATE TABLE room (id bigint PRIMARY KEY);", "DROP TABLE room;");
		Rehearsal.of(this.database.dataSource()).locations(first.location()).assertClean();
	}

	private int sleeping() {
		return sessions("query LIKE '%pg_sleep%' AND state = 'active'");
	}

	private int creating() {
		return sessions("query LIKE 'CREATE DATABASE%' AND state = 'active'");
	}

	private int idleSessions() {
		return sessions("state = 'idle'");
	}

	private int sessions(String condition) {
		return this.database
			.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'veza-migrations rehearsal' AND "
					+ condition)
			.size();
	}

	private int scratchDatabases() {
		return this.database.query("SELECT datname FROM pg_database WHERE datname LIKE 'veza\\_rehearsal\\_%'").size();
	}

}
