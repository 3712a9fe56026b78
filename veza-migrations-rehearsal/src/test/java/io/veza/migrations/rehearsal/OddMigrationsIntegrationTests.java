package io.veza.migrations.rehearsal;

import java.nio.file.Path;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Rehearsals of what is seldom written.
 */
class OddMigrationsIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path path;

	private MigrationFolder folder;

	@BeforeEach
	void createTable() {
		this.folder = MigrationFolder.in(this.path)
			.with("1_users.sql",
					"CREATE TABLE users (id bigint PRIMARY KEY, email text);\nINSERT INTO users VALUES (1, 'a'), (2, 'b');",
					"DROP TABLE users;");
	}

	@AfterEach
	void dropDatabase() {
		this.database.drop();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					CREATE TABLE "We;ird ""T" ("Sé;lect" int); INSERT INTO "We;ird ""T" VALUES (1); | DROP TABLE "We;ird ""T";
					ALTER TABLE users FORCE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (false); | DROP POLICY p ON users; ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
					CREATE TABLE admins (level int) INHERITS (users); ALTER TABLE users ADD x int; | ALTER TABLE users DROP x; DROP TABLE admins;
					CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES; | DROP TABLE no_columns;
					SET default_transaction_read_only = on; ALTER TABLE users ADD x int; | ALTER TABLE users DROP x;
					SET SESSION AUTHORIZATION pg_monitor; SELECT 1; | SELECT pg_catalog.set_config('search_path', '', false);
					RESET ALL; ALTER TABLE users ADD x int; DEALLOCATE ALL; SELECT 1; | ALTER TABLE users DROP x;
					DECLARE c CURSOR WITH HOLD FOR TABLE users; LISTEN a; SELECT pg_advisory_lock(1); | CREATE TEMP TABLE t (id int);
					CREATE EXTENSION hstore; CREATE TABLE h (h hstore); INSERT INTO h VALUES ('a=>1'); | DROP TABLE h; DROP EXTENSION hstore;
					CREATE TABLE t (id int); DROP TABLE t; | SELECT 1;
					""")
	void migrationThatIsOddIsRestoredExactly(String up, String down) {
		RehearsedMigration rehearsed = rehearse(up, down);

		assertThat(rehearsed.up().failure()).isNull();
		assertThat(rehearsed.reversibility()).isEqualTo(Reversibility.EXACT);
		assertThat(rehearsed.secondTime()).isEqualTo(SecondTime.SAME);
		assertThat(rehearsed.data()).isEmpty();
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void rowsThatAProcedureChangesAndCommitsAreNotRestored() {
		RehearsedMigration rehearsed = rehearse("""
				-- veza: transaction=off
				DO $$ BEGIN UPDATE users SET email = 'c'; COMMIT; END $$;""", "SELECT 1;");

		assertThat(rehearsed.data()).extracting(RowDifference::table, RowDifference::changed)
			.containsExactly(tuple("public.users", 2L));
	}

	@Test
	void materializedViewThatIsRefreshedNeedsNoWayBack() {
		this.folder.with("2_emails.sql", "CREATE MATERIALIZED VIEW emails AS SELECT email FROM users;",
				"DROP MATERIALIZED VIEW emails;");

		assertThat(rehearse("REFRESH MATERIALIZED VIEW emails;", "SELECT 1;").findings())
			.extracting(RehearsalFinding::code)
			.contains("refresh-blocks-reads")
			.doesNotContain("irreversible-unsaid");
	}

	private RehearsedMigration rehearse(String up, String down) {
		this.folder.with("3_odd.sql", up, down);
		RehearsalReport report = Rehearsal.of(this.database.dataSource()).locations(this.folder.location()).run();
		return report.migrations().get(report.migrations().size() - 1);
	}

}
