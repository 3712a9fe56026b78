package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.Guide;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GuideTakeoverIntegrationTests {

	private static final String UP = "CREATE TABLE users (id int);";

	private static final String DOWN = "DROP TABLE users;";

	private static final String CONTENT = "-- UP\n" + UP + "\n\n-- DOWN\n" + DOWN + "\n";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void runTheGuidesRunner(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).withFile("001_create_users_table.sql", CONTENT);
		this.database.execute(Guide.SETUP);
		this.database.execute(Guide.apply("001", "create_users_table", UP, CONTENT));
	}

	@Test
	void migrateWithNothingPendingLeavesTheGuidesTableAlone() {
		List<String> before = this.database.objects();

		assertThat(migrate().migrations()).isEmpty();

		assertThat(this.database.objects()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void fileThatTheGuidesRunnerDidNotCheckIsRefusedAtTheStart(boolean pending) {
		String content = "-- UP\n" + UP + "\n-- DOWN\n";
		this.folder.withFile("002_empty_down.sql", content);
		this.database.execute(Guide.apply("002", "empty_down", "SELECT 1;", content));
		if (pending) {
			this.folder.with("003_rooms.sql", "CREATE TABLE rooms (id int);", "DROP TABLE rooms;");
		}

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(this::migrate)
			.withMessageContaining("002_empty_down.sql")
			.withMessageContaining("The DOWN is empty.");
	}

	@Test
	void migrateContinuesFromThere() {
		this.folder.with("002_rooms.sql", "CREATE TABLE rooms (id int);", "DROP TABLE rooms;");

		migrate();

		assertThat(this.database.query("SELECT id, version, name, status FROM schema_migrations ORDER BY id"))
			.containsExactly("1|001|create_users_table|success", "2|002|rooms|success");
		assertThat(this.database.query("SELECT up_checksum LIKE 'v1:%', down_sql FROM schema_migrations WHERE id = 1"))
			.containsExactly("t|" + DOWN + "\n");
	}

	@Test
	void rollbackTakesBackWhatTheRunnerApplied() {
		migrator().rollback(Migrators.rollback(1));

		assertThat(this.database.objects()).doesNotContain("r public.users");
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations")).containsExactly("0");
	}

	@Test
	void theRunnerStillWorksBesideUs() {
		this.folder.with("002_rooms.sql", "CREATE TABLE rooms (id int);", "DROP TABLE rooms;");
		migrate();
		String third = "-- UP\nCREATE TABLE third (id int);\n-- DOWN\nDROP TABLE third;\n";
		this.folder.withFile("003_third.sql", third);

		this.database.execute(Guide.rollback("002", "DROP TABLE rooms;"));
		this.database.execute("SELECT record_migration('002', 'rooms')");
		this.database.execute(Guide.apply("003", "third", "CREATE TABLE third (id int);", third));

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY version")).containsExactly("001",
				"002", "003");
		assertThat(migrate().migrations()).isEmpty();
	}

	@Test
	void statusShowsThatItsTimesAreThoseOfAnotherRunner() {
		this.folder.with("002_rooms.sql", "CREATE TABLE rooms (id int);", "DROP TABLE rooms;");
		migrate();

		assertThat(migrator().status().applied()).extracting((info) -> info.applied().appliedBy())
			.containsExactly(null, this.database.user());
		assertThat(migrator().status().applied().get(0).applied().executionTime()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			version varchar PRIMARY KEY; Rails or dbmate
			version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL; golang-migrate
			version bigint PRIMARY KEY, inserted_at timestamp; Ecto
			number int; it has the columns number""")
	void migrateRefusesTheTableOfAnotherTool(String columns, String hint) {
		TestDatabase theirs = TestDatabase.create();
		theirs.execute("CREATE TABLE schema_migrations (" + columns + ")");
		List<String> before = theirs.objects();

		assertThatExceptionOfType(HistoryException.class)
			.isThrownBy(() -> Migrators.migrator(this.folder, theirs).migrate(MigrateRequest.all()))
			.withMessageContaining(hint)
			.withMessageContaining("Set veza.migrations.table to another name");

		assertThat(theirs.objects()).isEqualTo(before);
	}

	@Test
	void migrateRefusesAVersionThatIsNotNumeric() {
		this.database.execute("INSERT INTO schema_migrations (version, name) VALUES ('abc', 'text')");

		assertThatExceptionOfType(HistoryException.class).isThrownBy(this::migrate)
			.withMessageContaining("holds the version \"abc\", which is not numeric");
	}

	@Test
	void migrateRefusesTwoRowsOfTheSameVersion() {
		this.database.execute("INSERT INTO schema_migrations (version, name) VALUES ('1', 'again')");

		assertThatExceptionOfType(HistoryException.class).isThrownBy(this::migrate)
			.withMessageContaining("holds \"001\" and \"1\", which are the same version");
	}

	@Test
	void detailsShowTheDownOfTheFile() {
		assertThat(migrator().details(MigrationVersion.of("1"))).hasValueSatisfying((details) -> {
			assertThat(details.up()).contains(UP);
			assertThat(details.down()).contains(DOWN);
			assertThat(details.events()).isEmpty();
		});
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

}
