package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for files that get another name after they were applied.
 */
class RenamedFileIntegrationTests {

	private static final String WRONG = "2026022013370157";

	private static final String CORRECTED = "20260220133701";

	private static final String UP = "CREATE TABLE bal (v int); INSERT INTO bal (v) VALUES (100);";

	private static final String DOWN = "DROP TABLE bal;";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void renameAfterItIsApplied(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_first.sql", "SELECT 1;", "SELECT 1;");
		migrator().migrate(MigrateRequest.all());
		this.folder.with(WRONG + "_bal.sql", UP, DOWN);
		migrator().migrate(MigrateRequest.all());
		this.folder.without(WRONG + "_bal.sql").with(CORRECTED + "_balance.sql", UP, DOWN);
	}

	@Test
	void renamedFileDoesNotRunASecondTime() {
		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(() -> lenient().migrate(MigrateRequest.all()))
			.withMessageContaining("its UP was applied as version \"" + WRONG + "\" (bal), which has no file here");

		assertThat(balances()).containsExactly("100");
	}

	@Test
	void repairMovesTheRowAndWhatIsRecordedOfIt() {
		migrator().repair(acceptRenamed());

		assertThat(migrator().migrate(MigrateRequest.all()).migrations()).isEmpty();
		assertThat(this.database.query("SELECT version, name FROM schema_migrations ORDER BY id"))
			.containsExactly("1|first", CORRECTED + "|balance");
		assertThat(this.database.query("""
				SELECT version, requested_by, reason FROM schema_migration_events
				WHERE operation = 'repair' ORDER BY version""")).containsExactly(
				CORRECTED + "|olivia|" + Migrators.OPERATOR.reason(), WRONG + "|olivia|" + Migrators.OPERATOR.reason());
		assertThat(balances()).containsExactly("100");
	}

	@Test
	void rollbackAfterTheRepairIsVerified() {
		migrator().repair(acceptRenamed());

		MigrationReport report = migrator().rollback(Migrators.rollback(1));

		assertThat(report.verification()).isNotNull()
			.extracting(RollbackVerification::restored)
			.isEqualTo(RollbackVerification.Restored.EXACT);
		assertThat(migrator().held()).hasSize(1);
	}

	@Test
	void fileRunsOnceMoreIfTheRowIsRemoved() {
		migrator().repair(new RepairRequest(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(MigrationVersion.of(WRONG)),
				Migrators.OPERATOR));
		this.database.execute("DROP TABLE bal");

		assertThat(migrator().migrate(MigrateRequest.all()).migrations()).hasSize(1);
	}

	@Test
	void heldFileStaysHeldUnderItsNewName() {
		this.folder.without(CORRECTED + "_balance.sql").with(WRONG + "_bal.sql", UP, DOWN);
		migrator().rollback(Migrators.rollback(1));
		this.folder.without(WRONG + "_bal.sql").with(CORRECTED + "_balance.sql", UP, DOWN);

		MigrationReport report = migrator().migrate(MigrateRequest.all());

		assertThat(report.migrations()).isEmpty();
		assertThat(report.warnings()).singleElement()
			.asString()
			.contains("\"" + CORRECTED + "\" (balance) was rolled back as version \"" + WRONG + "\" by \"olivia\"");
	}

	private List<String> balances() {
		return this.database.query("SELECT v FROM bal");
	}

	private static RepairRequest acceptRenamed() {
		return new RepairRequest(Set.of(), Set.of(MigrationVersion.of(CORRECTED)), Set.of(), Set.of(), Set.of(),
				Migrators.OPERATOR);
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

	private Migrator lenient() {
		return Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(PlanningOptions.defaults().withOutOfOrder()));
	}

}
