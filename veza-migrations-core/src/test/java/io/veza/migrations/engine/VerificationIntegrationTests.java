package io.veza.migrations.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.RollbackVerification.Restored;
import io.veza.migrations.engine.options.DriftPolicy;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.VerificationOptions;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.failure.VerificationFailedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RollbackRequest;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a rollback leaves is compared with what was there before, and what somebody does
 * between runs is named.
 */
class VerificationIntegrationTests {

	private static final String BASE = """
			CREATE TYPE mood AS ENUM ('sad', 'glad');
			CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, age int DEFAULT 18, mood mood);
			CREATE INDEX idx_users_name ON users (name);
			COMMENT ON TABLE users IS 'people';
			GRANT SELECT ON users TO pg_monitor;
			CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
			CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();""";

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_base.sql", BASE, "DROP TABLE users;\nDROP TYPE mood;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					DROP INDEX idx_users_name                           | SELECT                              | index   | public.idx_users_name
					ALTER TABLE users ALTER name DROP NOT NULL          | SELECT                              | column  | public.users.name
					CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1' | SELECT                       | function | public.f()
					REVOKE SELECT ON users FROM pg_monitor              | SELECT                              | privileges | table public.users
					COMMENT ON TABLE users IS NULL                      | SELECT                              | comment | table public.users
					ALTER TYPE mood ADD VALUE 'mad'                     | SELECT                              | type    | public.mood
					ALTER TABLE users ALTER age SET DEFAULT 21          | ALTER TABLE users ALTER age DROP DEFAULT | column | public.users.age
					ALTER TABLE users DISABLE TRIGGER touch             | SELECT                              | trigger | public.users.touch
					ALTER TABLE users OWNER TO pg_monitor               | SELECT                              | owner   | table public.users
					""")
	void downThatDoesNotRestoreIsNamed(String up, String down, String kind, String identity) {
		this.folder.with("2_change.sql", up + ";", down + ";");
		migrate();

		RollbackVerification verification = rollback(1).verification();

		assertThat(verification.restored()).isEqualTo(Restored.NO);
		assertThat(verification.differences()).extracting(CatalogDifference::kind, CatalogDifference::identity)
			.contains(Tuple.tuple(kind, identity));
	}

	@Test
	void downThatRestoresIsExact() {
		this.folder.with("2_change.sql", "CREATE TABLE t (id serial PRIMARY KEY); ALTER TABLE users ADD email text;",
				"ALTER TABLE users DROP email; DROP TABLE t;");
		migrate();

		assertThat(rollback(1).verification().restored()).isEqualTo(Restored.EXACT);
		assertThat(verifications()).containsExactly("2|exact");
	}

	@Test
	void everyVersionIsVerifiedByItself() {
		this.folder.with("2_change.sql", "CREATE TABLE t (id int);", "SELECT;")
			.with("3_change.sql", "CREATE TABLE u (id int);", "DROP TABLE u;");
		migrate();

		MigrationReport report = rollback(2);

		assertThat(report.verification().restored()).isEqualTo(Restored.NO);
		assertThat(verifications()).hasSize(2)
			.startsWith("3|exact")
			.element(1)
			.asString()
			.startsWith("2|no\n")
			.contains("table public.t is there and was not");
	}

	@Test
	void orderOfColumnsIsToldApart() {
		this.folder.with("2_change.sql", "ALTER TABLE users DROP age;", "ALTER TABLE users ADD age int DEFAULT 18;");
		migrate();

		RollbackVerification verification = rollback(1).verification();

		assertThat(verification.restored()).isEqualTo(Restored.EXCEPT_COLUMN_ORDER);
		assertThat(verification.differences()).singleElement()
			.satisfies((difference) -> assertThat(difference.after()).isEqualTo("id, name, mood, age"));
	}

	@Test
	void nonTransactionalRollbackIsVerified() {
		this.folder.with("2_index.sql", "CREATE INDEX CONCURRENTLY idx_users_age ON users (age);",
				"DROP INDEX CONCURRENTLY idx_users_age;\nDROP INDEX CONCURRENTLY idx_users_name;");
		migrate();

		RollbackVerification verification = rollback(1).verification();

		assertThat(verification.differences()).extracting(CatalogDifference::identity)
			.containsExactly("public.idx_users_name");
	}

	@Test
	void rollbackOfWhatNobodyRecordedIsUnknown() {
		migrate();
		this.database.execute("TRUNCATE schema_migrations_records CASCADE");

		assertThat(rollback(1).verification().restored()).isEqualTo(Restored.UNKNOWN);
	}

	@Test
	void differenceTakesTheRollbackBackIfWanted() {
		this.folder.with("2_change.sql", "CREATE TABLE t (id int);", "SELECT;");
		migrate();
		Migrator migrator = migrator(new VerificationOptions(DriftPolicy.WARN, false, true));

		assertThatExceptionOfType(VerificationFailedException.class)
			.isThrownBy(() -> migrator.rollback(Migrators.rollback(1)))
			.withMessageContaining("The DOWN of version \"2\" does not bring the schema back")
			.withMessageContaining("table public.t is there and was not");

		assertThat(this.database.query("SELECT version FROM schema_migrations ORDER BY id")).containsExactly("1", "2");
		assertThat(this.database.query("SELECT outcome FROM schema_migration_events WHERE operation = 'rollback'"))
			.containsExactly("", "failure");
	}

	@Test
	void manyMigrationsAreRecordedAndVerifiedTogether() {
		migrate();
		IntStream.rangeClosed(2, 30)
			.forEach((number) -> this.folder.with(number + "_t.sql", "CREATE TABLE t%d (id int);".formatted(number),
					"DROP TABLE t%d;".formatted(number)));
		migrate();

		assertThat(this.database.query("SELECT cardinality(versions) FROM schema_migrations_records ORDER BY id"))
			.containsExactly("1", "29");
		assertThat(migrator().rollback(all()).verification().restored()).isEqualTo(Restored.EXACT);
		assertThat(this.database.query("SELECT count(*) FROM schema_migrations_records")).containsExactly("1");
	}

	@Test
	void whatSomebodyDidByHandIsNamed() {
		migrate();
		this.database.execute("ALTER TABLE users ALTER age DROP DEFAULT; CREATE INDEX idx_hand ON users (age)");
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		MigrationReport report = migrate();

		assertThat(report.warnings()).singleElement()
			.asString()
			.contains("column public.users.age differs: it was integer DEFAULT 18")
			.contains("index public.idx_hand is there and was not");
		assertThat(rollback(1).verification().restored()).isEqualTo(Restored.EXACT);
	}

	@Test
	void whatSomebodyDidByHandRefusesTheRunIfWanted() {
		migrate();
		this.database.execute("DROP INDEX idx_users_name");
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(
				() -> migrator(new VerificationOptions(DriftPolicy.FAIL, false, false)).migrate(MigrateRequest.all()))
			.withMessageContaining("index public.idx_users_name is gone");
		assertThat(this.database.objects()).doesNotContain("r public.b");
	}

	@Test
	void otherSchemasAreNobodysBusiness() {
		migrate();
		this.database.execute("CREATE SCHEMA other; CREATE TABLE other.t (id int)");
		this.folder.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		assertThat(migrate().warnings()).isEmpty();
		assertThat(this.database.query("SELECT DISTINCT c.relation FROM schema_migrations_changes c "
				+ "JOIN schema_migrations_records r ON r.id = c.record WHERE r.versions = '{2}'"))
			.containsExactly("public.b");
	}

	@Test
	void anotherRunnerIsNoDrift() {
		migrate();
		this.database.execute("CREATE TABLE z (id int); SELECT record_migration('2', 'by hand', NULL)");
		this.folder.with("2_z.sql", "CREATE TABLE z (id int);", "DROP TABLE z;")
			.with("3_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		assertThat(migrate().warnings()).isEmpty();
	}

	@Test
	void whatAnotherRunnerTookBackIsForgottenWhenItIsAppliedAgain() {
		this.folder.with("2_t.sql", "CREATE TABLE t (id int);", "DROP TABLE t;");
		migrate();
		this.database
			.execute("DROP TABLE t; DELETE FROM schema_migrations WHERE version = '2'; CREATE TABLE z (id int)");

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM schema_migrations_records WHERE versions = '{2}'"))
			.containsExactly("1");
		assertThat(rollback(1).verification().restored()).isEqualTo(Restored.EXACT);
	}

	@Test
	void whatAMigrationLeavesUnusableIsReported() {
		this.folder.with("2_fk.sql", "ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID;",
				"ALTER TABLE users DROP CONSTRAINT adult;");

		assertThat(migrate().warnings()).singleElement()
			.asString()
			.startsWith("public.users: constraint public.users.adult is NOT VALID");
	}

	private RollbackRequest all() {
		return RollbackRequest.downTo(MigrationVersion.of("1"), Migrators.OPERATOR);
	}

	private List<String> verifications() {
		return this.database.query("""
				SELECT version, verification FROM schema_migration_events
				WHERE operation = 'rollback' AND phase = 'finished' ORDER BY id""");
	}

	private MigrationReport migrate() {
		return migrator().migrate(MigrateRequest.all());
	}

	private MigrationReport rollback(int count) {
		return migrator().rollback(Migrators.rollback(count));
	}

	private Migrator migrator() {
		return Migrators.migrator(this.folder, this.database);
	}

	private Migrator migrator(VerificationOptions options) {
		return Migrators.migrator(this.folder, this.database.dataSource(), MigratorOptions.defaults().with(options));
	}

}
