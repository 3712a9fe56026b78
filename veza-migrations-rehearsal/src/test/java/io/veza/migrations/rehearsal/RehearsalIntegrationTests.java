package io.veza.migrations.rehearsal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.ChangeKind;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Rehearsal}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RehearsalIntegrationTests {

	private static final String USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path folder;

	private MigrationFolder files;

	@BeforeEach
	void writeFirstMigration() {
		this.files = MigrationFolder.in(this.folder).with("001_users.sql", USERS, "DROP TABLE users;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void runWhenDownRestoresSaysSoAndLeavesNothing() {
		RehearsedMigration rehearsed = last(rehearsal());

		assertThat(rehearsed.reversibility()).isEqualTo(Reversibility.EXACT);
		assertThat(rehearsed.secondTime()).isEqualTo(SecondTime.SAME);
		assertThat(rehearsed.kinds()).containsExactlyInAnyOrder(ChangeKind.SCHEMA, ChangeKind.CONSTRAINT);
		assertThat(this.database.query("SELECT datname FROM pg_database WHERE datname LIKE 'veza_rehearsal_%'"))
			.isEmpty();
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void runWhenDownForgetsSomethingTellsWhat() {
		this.files.with("002_index.sql", "CREATE INDEX idx_users_email ON users (email);", "DROP INDEX IF EXISTS x;");

		RehearsedMigration rehearsed = last(rehearsal());

		assertThat(rehearsed.reversibility()).isEqualTo(Reversibility.NO);
		assertThat(rehearsed.notRestored()).extracting("identity").contains("public.idx_users_email");
		assertThat(rehearsed.secondTime()).isEqualTo(SecondTime.FAILED);
	}

	@Test
	void runWhenOnlyColumnOrderDiffersSaysSo() {
		this.files.with("002_drop.sql", "ALTER TABLE users ADD COLUMN a text;\nALTER TABLE users DROP COLUMN email;",
				"ALTER TABLE users DROP COLUMN a;\nALTER TABLE users ADD COLUMN email text;");
		this.files.with("003_order.sql", "ALTER TABLE users DROP COLUMN a;", "ALTER TABLE users ADD COLUMN a text;");
		this.files.with("004_move.sql", "ALTER TABLE users ADD COLUMN b text, ADD COLUMN c text;",
				"ALTER TABLE users DROP COLUMN b, DROP COLUMN c;");
		this.files.with("005_order.sql", "ALTER TABLE users DROP COLUMN b;", "ALTER TABLE users ADD COLUMN b text;");

		assertThat(rehearsal().run().migrations()).extracting(RehearsedMigration::reversibility)
			.containsExactly(Reversibility.EXACT, Reversibility.EXACT, Reversibility.EXACT, Reversibility.EXACT,
					Reversibility.EXCEPT_COLUMN_ORDER);
	}

	@Test
	void runWhenOnlyWhiteSpaceOfFunctionDiffersSaysSo() {
		this.files.with("002_one.sql", "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
				"DROP FUNCTION one();");
		this.files.with("003_two.sql", "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2';",
				"CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT  1';");

		assertThat(last(rehearsal()).reversibility()).isEqualTo(Reversibility.EXCEPT_WHITE_SPACE);
	}

	@Test
	void runWhenMigrationIsNotSettledGivesNextOneWhatProductionWouldHave() {
		this.files.with("002_leave.sql", "CREATE TABLE rooms (id int);", "ALTER TABLE rooms ADD COLUMN x int;");
		this.files.with("003_fail.sql", "-- veza: transaction=off\nCREATE TABLE posts (id int);",
				"DROP TABLE rooms;\nDROP TABLE post;");
		this.files.with("004_next.sql", "ALTER TABLE rooms ADD COLUMN x int;\nALTER TABLE posts ADD COLUMN y int;",
				"ALTER TABLE rooms DROP COLUMN x;\nALTER TABLE posts DROP COLUMN y;");

		List<RehearsedMigration> rehearsed = rehearsal().run().migrations();

		assertThat(rehearsed).extracting(RehearsedMigration::reversibility)
			.containsExactly(Reversibility.EXACT, Reversibility.NO, Reversibility.DOWN_FAILED, Reversibility.EXACT);
		assertThat(rehearsed.get(1).secondTime()).isEqualTo(SecondTime.FAILED);
	}

	@Test
	void runWhenReplayedStatementNeedsATransactionGivesItOneAgain() {
		this.files.with("002_lock.sql", "-- veza: transaction=off\nLOCK TABLE users;\nVACUUM users;", "SELECT 1;");
		this.files.with("003_leave.sql", "CREATE TABLE rooms (id int);", "ALTER TABLE rooms ADD COLUMN x int;");
		this.files.with("004_next.sql", "DROP TABLE rooms;", "CREATE TABLE rooms (id int);");

		assertThat(rehearsal().run().migrations()).last()
			.returns(Reversibility.EXACT, RehearsedMigration::reversibility);
	}

	@Test
	void runWhenUpFailsStopsThere() {
		this.files.with("002_fail.sql", "SELECT nothing;", "SELECT 1;").with("003_next.sql", "SELECT 1;", "SELECT 1;");

		RehearsalReport report = rehearsal().run();

		assertThat(report.migrations()).last()
			.returns(Reversibility.UP_FAILED, RehearsedMigration::reversibility)
			.extracting((migration) -> migration.up().failure().line())
			.isEqualTo(2);
		assertThat(report.notRun()).containsExactly(MigrationVersion.of("3"));
	}

	@Test
	void runWhenFileSaysThereIsNoWayBackRunsNoDown() {
		this.files.with("002_gone.sql", "ALTER TABLE users DROP COLUMN email;",
				"-- irreversible: the addresses are gone");

		RehearsedMigration rehearsed = last(rehearsal());

		assertThat(rehearsed.down()).isNull();
		assertThat(rehearsed.reversibility()).isEqualTo(Reversibility.NO);
		assertThat(rehearsed.findings()).extracting(RehearsalFinding::code).containsExactly("column-dropped");
	}

	@Test
	void runWhenPendingAppliesTheOthersBefore() {
		Migrators.migrator(this.files, this.database).migrate(MigrateRequest.all());
		this.files.with("002_add.sql", "ALTER TABLE users ADD COLUMN a text;", "ALTER TABLE users DROP COLUMN a;");
		List<String> before = this.database.objects();

		RehearsalReport report = rehearsal().pendingIn(this.database.dataSource()).run();

		assertThat(report.prepared()).containsExactly(MigrationVersion.of("1"));
		assertThat(report.migrations()).hasSize(1)
			.allMatch((migration) -> migration.reversibility() == Reversibility.EXACT);
		assertThat(this.database.objects()).isEqualTo(before);
	}

	@Test
	void runWhenAppliedMigrationHasNoFileSaysSo(CapturedOutput output) {
		Migrators.migrator(this.files, this.database).migrate(MigrateRequest.all());
		this.files.without("001_users.sql").with("002_other.sql", "CREATE TABLE t ();", "DROP TABLE t;");

		rehearsal().pendingIn(this.database.dataSource()).assertClean();

		assertThat(output).contains("without the applied versions [001], of which this application has no files");
	}

	@Test
	void runWhenAppliedMigrationConcernsTheServerSaysHowToRehearse() {
		this.files.with("001_users.sql", "CREATE ROLE " + this.database.name() + ";", "SELECT 1;");
		this.database
			.execute("CREATE TABLE schema_migrations (id serial PRIMARY KEY, version varchar(255) NOT NULL UNIQUE, "
					+ "name varchar(255) NOT NULL, applied_at timestamp, checksum varchar(64), execution_time integer, "
					+ "status varchar(20)); INSERT INTO schema_migrations (version, name) VALUES ('001', 'users')");

		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> rehearsal().pendingIn(this.database.dataSource()).run())
			.withMessageContaining("disposable-server to true.")
			.withMessageEndingWith("Then rehearse again.");
	}

	@Test
	void runWhenDatabaseWasBaselinedBeginsWithItsDump() {
		this.files.with("002_add.sql", "ALTER TABLE users ADD COLUMN a text;", "ALTER TABLE users DROP COLUMN a;");
		Resource dump = resource("users.sql",
				"SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.users (id int);");

		RehearsalReport report = rehearsal().with((options) -> options.withSchemaDump(dump, MigrationVersion.of("1")))
			.run();

		assertThat(report.migrations()).extracting((migration) -> migration.migration().version())
			.containsExactly(MigrationVersion.of("2"));
		assertThat(report.notRun()).isEmpty();
	}

	@Test
	void runWhenRowsAreLostCountsThemAndNamesTheirKeys() {
		this.files.with("002_drop.sql", "ALTER TABLE users DROP COLUMN email;\nDELETE FROM users WHERE id > 2;",
				"ALTER TABLE users ADD COLUMN email text;");
		Resource rows = resource("001_rows.sql", "INSERT INTO users SELECT i, 'u' || i FROM generate_series(1, 3) i;");

		RehearsedMigration rehearsed = last(rehearsal().with((options) -> options.withFixtures(rows)));

		assertThat(rehearsed.reversibility()).isEqualTo(Reversibility.EXACT);
		assertThat(rehearsed.kinds()).contains(ChangeKind.DATA);
		assertThat(rehearsed.data()).extracting(RowDifference::describe)
			.containsExactly("table public.users: 1 row(s) gone, 0 added, 2 changed, such as 3, 1, 2");
	}

	@Test
	void runWhenFixtureFailsNamesItsPlace() {
		Resource rows = resource("rows.sql", "SELECT 1;\nINSERT INTO nowhere VALUES (1);");

		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> rehearsal().with((options) -> options.withFixtures(rows)).run())
			.withMessageContaining("rows.sql")
			.withMessageContaining(":2:13: relation \"nowhere\" does not exist");
	}

	@Test
	void runWhenRealTableIsEmptyRaisesNoAlarm() {
		this.files.with("002_index.sql", "CREATE INDEX idx_users_email ON users (email);",
				"DROP INDEX idx_users_email;");
		this.database.execute(USERS + "ANALYZE users");

		assertThat(rehearsal().run().findings(Severity.ERROR)).hasSize(1);
		assertThat(rehearsal().sizesOf(this.database.dataSource()).run().findings(Severity.WARNING)).isEmpty();
	}

	@Test
	void runWhenFindingIsSwitchedOffDoesNotLookForIt() {
		this.files.with("002_index.sql", "CREATE INDEX idx_users_email ON users (email);",
				"DROP INDEX idx_users_email;");

		RehearsalReport report = rehearsal()
			.with((options) -> options.with(FindingCode.INDEX_BLOCKS_WRITES, FindingLevel.OFF))
			.run();

		assertThat(report.findings(Severity.WARNING)).isEmpty();
	}

	@Test
	void assertCleanWhenNothingIsWrongReturns() {
		rehearsal().assertClean();
	}

	@Test
	void assertCleanWhenSomethingIsWrongFailsWithTheReport() {
		this.files.with("002_index.sql", "CREATE INDEX idx_users_email ON users (email);",
				"DROP INDEX idx_users_email;");

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rehearsal().assertClean())
			.withMessageStartingWith("The rehearsal has 1 finding(s) of severity warning or above:")
			.withMessageContaining("002_index.sql:2:1: error index-blocks-writes")
			.withMessageContaining("CREATE INDEX CONCURRENTLY idx_users_email")
			.withMessageEndingWith("  001 users: exact\n  002 index: exact");
	}

	private Rehearsal rehearsal() {
		return Rehearsal.of(this.database.dataSource()).locations(this.files.location());
	}

	private static RehearsedMigration last(Rehearsal rehearsal) {
		RehearsalReport report = rehearsal.run();
		return report.migrations().get(report.migrations().size() - 1);
	}

	private static Resource resource(String name, String sql) {
		return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), name) {

			@Override
			public String getFilename() {
				return name;
			}

		};
	}

}
