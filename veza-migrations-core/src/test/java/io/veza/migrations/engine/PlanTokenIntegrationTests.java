package io.veza.migrations.engine;

import java.nio.file.Path;
import java.sql.SQLException;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.ServerSession;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.failure.PlanChangedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.status.PlanOutlook;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A plan is run as it was seen, or not at all.
 */
class PlanTokenIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void migrate(@TempDir Path path) {
		this.folder = MigrationFolder.in(path)
			.with("1_a.sql", "CREATE TABLE a (id int PRIMARY KEY);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int PRIMARY KEY); ALTER TABLE a ADD name text;",
					"ALTER TABLE a DROP name; DROP TABLE b;");
		migrator().migrate(MigrateRequest.all());
		this.database.execute("INSERT INTO b SELECT generate_series(1, 1000); ANALYZE b");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@Test
	void planIsRunAsItWasSeen() {
		PlanOutlook outlook = look();

		migrator().rollback(request(outlook));

		assertThat(this.database.objects()).doesNotContain("r public.b");
		assertThat(
				this.database.query("SELECT DISTINCT token FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly(outlook.token().text());
	}

	@Test
	void planShowsWhatItWouldMeet() throws SQLException {
		try (TestSession reader = TestSession.executed(this.database.dataSource(), "BEGIN; SELECT count(*) FROM b")) {
			PlanOutlook outlook = look();

			assertThat(outlook.tables()).anySatisfy((table) -> {
				assertThat(table.name()).isEqualTo("public.b");
				assertThat(table.rows()).isEqualTo(1000);
				assertThat(table.bytes()).isPositive();
				assertThat(table.holders()).extracting(ServerSession::pid).containsExactly(reader.pid());
			});
			assertThat(outlook.losses()).extracting((loss) -> loss.kind() + " " + loss.object() + " " + loss.columns())
				.containsExactly("TABLE public.b []", "COLUMNS public.a [name]");
			assertThat(outlook.unknown()).isEmpty();
		}
	}

	@Test
	void planOfWhatNobodyRecordedSaysSo() {
		this.database.execute("TRUNCATE schema_migrations_records CASCADE");

		assertThat(look().unknown()).containsExactly(MigrationVersion.of("2"));
	}

	@Test
	void rowsAndSizesAreNoPartOfThePlan() {
		PlanOutlook outlook = look();
		this.database.execute("INSERT INTO b SELECT generate_series(1001, 3000); ANALYZE b");

		assertThat(look().token()).isEqualTo(outlook.token());
	}

	@Test
	void historyThatMovedIsRefused() {
		PlanOutlook outlook = look();
		this.folder.with("3_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");
		migrator().migrate(MigrateRequest.all());

		assertChanged(outlook, "the history");
	}

	@Test
	void downThatWasRefreshedIsRefused() {
		PlanOutlook outlook = look();
		this.folder.with("2_b.sql", "CREATE TABLE b (id int PRIMARY KEY); ALTER TABLE a ADD name text;",
				"DROP TABLE b; ALTER TABLE a DROP name;");

		assertChanged(outlook, "the SQL that would run");
	}

	@Test
	void otherOptionsAreRefused() {
		PlanOutlook outlook = look();
		Migrator other = Migrators.migrator(this.folder, this.database.dataSource(),
				MigratorOptions.defaults().with(new VerificationOptions(DriftPolicy.WARN, false, true)));

		assertThatExceptionOfType(PlanChangedException.class).isThrownBy(() -> other.rollback(request(outlook)))
			.withMessageContaining("the options");
	}

	@Test
	void objectThatWasChangedByHandIsRefused() {
		PlanOutlook outlook = look();
		this.database.execute("ALTER TABLE b ADD note text");

		assertChanged(outlook, "the definitions of objects that are concerned");
	}

	@Test
	void objectThatIsNotConcernedMayChange() {
		PlanOutlook outlook = look();
		this.database.execute("CREATE TABLE elsewhere (id int)");

		assertThat(look().token()).isEqualTo(outlook.token());
	}

	private void assertChanged(PlanOutlook seen, String what) {
		assertThatExceptionOfType(PlanChangedException.class).isThrownBy(() -> migrator().rollback(request(seen)))
			.satisfies((ex) -> {
				assertThat(ex.changed()).anySatisfy((changed) -> assertThat(changed).startsWith(what));
				assertThat(ex.outlook().token()).isNotEqualTo(seen.token());
			});
		assertThat(this.database.objects()).contains("r public.b");
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly("0");
	}

	private PlanOutlook look() {
		return migrator().outlook(Migrators.rollback(1));
	}

	private static RollbackRequest request(PlanOutlook outlook) {
		return RollbackRequest.latest(1, new RequestOrigin("olivia", "a bad release", false, outlook.token().text()));
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

}
