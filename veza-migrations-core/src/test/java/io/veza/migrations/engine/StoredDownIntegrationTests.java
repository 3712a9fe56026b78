package io.veza.migrations.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Version 1 of an application has the first file, with the DOWN as it was when it was
 * applied; version 2 has corrected that and brings a second file.
 */
class StoredDownIntegrationTests {

	private static final String OLD = "DROP TABLE a;\n";

	private static final String NEW = "DROP TABLE IF EXISTS a; -- n\u00e9 \uD83D\uDE00\n";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder version1;

	private MigrationFolder version2;

	@BeforeEach
	void createFolders(@TempDir Path path) {
		this.version1 = MigrationFolder.in(path.resolve("1"))
			.with("001_a.sql", "CREATE TABLE a (id int);", OLD.strip());
		this.version2 = MigrationFolder.in(path.resolve("2"))
			.with("001_a.sql", "CREATE TABLE a (id int);", NEW.strip())
			.with("002_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
	}

	@Test
	void correctedDownIsStoredByTheRunThatHasSomethingToDoAndIsAnEvent() throws Exception {
		migrate(this.version1);

		migrate(this.version2);

		assertThat(storedDown("001")).isEqualTo(NEW);
		assertThat(events()).containsExactly("001|finished|success|0|The DOWN of \"" + this.version2.path()
				+ "/001_a.sql\" was corrected: SHA-256 " + sha256(OLD) + " stored before, " + sha256(NEW) + " now");
	}

	@Test
	void version1RestartedDoesNotOverwriteTheDownThatVersion2Refreshed() {
		migrate(this.version1);
		migrate(this.version2);
		this.version1.with("000_late.sql", "SELECT 1;", "SELECT 1;");

		MigratorOptions outOfOrder = MigratorOptions.defaults().with(PlanningOptions.defaults().withOutOfOrder());

		MigrationReport report = Migrators.migrator(this.version1, this.database.dataSource(), outOfOrder)
			.migrate(MigrateRequest.all());

		assertThat(report.migrations()).hasSize(1);
		assertThat(storedDown("001")).isEqualTo(NEW);
		assertThat(events()).hasSize(1);
	}

	@Test
	void rollbackByVersion1RunsWhatIsStoredAndRefreshesNothing() {
		migrate(this.version1);
		migrate(this.version2);

		MigrationPlan plan = migrator(this.version1).plan(Migrators.rollback(2));
		migrator(this.version1).rollback(Migrators.rollback(1));

		assertThat(plan.steps()).extracting(PlanStep::source).containsOnly(PlanStep.Source.STORED);
		assertThat(plan.warnings()).singleElement()
			.asString()
			.startsWith("The DOWN of version \"001\" that is stored differs from that of")
			.contains("This rollback runs the stored one");
		assertThat(storedDown("001")).isEqualTo(NEW);
	}

	@Test
	void startWithNothingToDoAndThoseWhoOnlyLookWriteNothing() {
		migrate(this.version1);
		this.version1.with("001_a.sql", "CREATE TABLE a (id int);", NEW.strip());

		migrate(this.version1);
		migrator(this.version1).validate();
		migrator(this.version1).isUpToDate();
		migrator(this.version1).status();
		migrator(this.version1).plan(Migrators.rollback(1));

		assertThat(storedDown("001")).isEqualTo(OLD);
		assertThat(events()).isEmpty();
	}

	@Test
	void rollbackWithACorrectedFileRunsItAndSaysThatAnotherDownIsStored() {
		migrate(this.version1);
		this.version1.with("001_a.sql", "CREATE TABLE a (id int);", NEW.strip());

		MigrationReport report = migrator(this.version1).rollback(Migrators.rollback(1));

		assertThat(report.warnings()).singleElement().asString().endsWith("This rollback runs that of the file.");
		assertThat(events()).isEmpty();
	}

	@Test
	void rollbackRefreshesTheDownsOfWhatStays() {
		migrate(this.version2);
		this.version2.with("001_a.sql", "CREATE TABLE a (id int);", OLD.strip());

		migrator(this.version2).rollback(Migrators.rollback(1));

		assertThat(storedDown("001")).isEqualTo(OLD);
		assertThat(events()).singleElement().asString().startsWith("001|");
	}

	@Test
	void refreshIsTakenBackWithTheMigrationThatFails() {
		migrate(this.version1);
		this.version2.with("002_b.sql", "SELECT * FROM nope;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(this.version2));

		assertThat(storedDown("001")).isEqualTo(OLD);
		assertThat(events()).isEmpty();
	}

	@Test
	void downThatHasBecomeTooLargeIsNoLongerStoredAndThenLeftAlone() {
		migrate(this.version1);
		this.version2.with("001_a.sql", "CREATE TABLE a (id int);", NEW + "-- x\n".repeat(300_000));

		migrate(this.version2);
		migrate(this.version2.with("003_c.sql", "SELECT 1;", "SELECT 1;"));

		assertThat(storedDown("001")).isEmpty();
		assertThat(events()).singleElement()
			.asString()
			.endsWith("stored before, nothing now, because it has more than 1 MB");
	}

	@Test
	void downThatHasBecomeSmallEnoughIsStored() {
		migrate(this.version1.with("001_a.sql", "CREATE TABLE a (id int);", OLD + "-- x\n".repeat(300_000)));

		migrate(this.version2);

		assertThat(storedDown("001")).isEqualTo(NEW);
		assertThat(events()).singleElement().asString().contains("SHA-256 of nothing stored before, ");
	}

	@Test
	void refreshReleasesNothingThatIsHeld() {
		migrate(this.version1);
		migrate(this.version2);
		migrator(this.version2).rollback(Migrators.rollback(1));
		this.version2.with("001_a.sql", "CREATE TABLE a (id int);", OLD.strip())
			.with("001.5_c.sql", "SELECT 1;", "SELECT 1;");

		migrate(this.version2);

		assertThat(events()).hasSize(2);
		assertThat(migrator(this.version2).held()).hasSize(1);
	}

	private String storedDown(String version) {
		return this.database.query("SELECT down_sql FROM schema_migrations WHERE version = '" + version + "'").get(0);
	}

	private List<String> events() {
		return this.database.query("""
				SELECT version, phase, outcome, duration_ms, reason FROM schema_migration_events
				WHERE operation = 'refresh' ORDER BY id""");
	}

	private static String sha256(String text) throws Exception {
		return HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
	}

	private MigrationReport migrate(MigrationFolder folder) {
		return migrator(folder).migrate(MigrateRequest.all());
	}

	private Migrator migrator(MigrationFolder folder) {
		return Migrators.migrator(folder, this.database);
	}

}
