package io.veza.migrations.backup;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.backup.restore.RestoredObject;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class BackupRolesIntegrationTests {

	private static final String FORCED = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'notes'";

	private static final String HIDE_ALL = """
			CREATE POLICY hidden ON notes USING (id < 0) WITH CHECK (id < 0);
			ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
			ALTER TABLE notes FORCE ROW LEVEL SECURITY""";

	private final TestDatabase database = TestDatabase.create();

	private final String owner = this.database.name() + "_owner";

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute("""
				CREATE ROLE %1$s LOGIN PASSWORD 'x';
				GRANT ALL ON SCHEMA public TO %1$s;
				SET ROLE %1$s;
				CREATE TABLE notes (id int PRIMARY KEY, note text);
				INSERT INTO notes SELECT n, 'note ' || n FROM generate_series(1, 100) n""".formatted(this.owner));
		this.run = BackupRun.on(this.database.dataSource(this.owner, "x"));
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.execute("DROP OWNED BY " + this.owner);
		this.database.drop();
		TestDatabase other = TestDatabase.create();
		other.execute("DROP ROLE " + this.owner);
		other.drop();
	}

	@Test
	void roleThatMayNotCreateTheSchemaIsToldHow() throws SQLException {
		BackupFailedException refusal = this.run.refusal("DROP TABLE notes");

		assertThat(refusal.problem()).isEqualTo("The schema \"veza_backup\" of the backups is not there, "
				+ "and the role \"" + this.owner + "\" may not create it.");
		assertThat(refusal.action()).hasValue("""
				Run CREATE SCHEMA "veza_backup" AUTHORIZATION "%1$s" as a superuser, \
				or GRANT CREATE ON DATABASE "%2$s" TO "%1$s".""".formatted(this.owner, this.database.name()));
	}

	@Test
	void eachAdviceForTheSchemaHelps() throws SQLException {
		this.database.execute("CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);
		assertThat(this.run.rollback("ALTER TABLE notes DROP COLUMN note").kept()).hasSize(1);

		this.database.execute("DROP SCHEMA veza_backup CASCADE; GRANT CREATE ON DATABASE %s TO %s"
			.formatted(this.database.name(), this.owner));
		assertThat(this.run.rollback("DROP TABLE notes").kept()).hasSize(1);
	}

	@Test
	void roleThatMayNotWriteIntoTheSchemaIsToldHow() throws SQLException {
		this.database.execute("CREATE SCHEMA veza_backup; GRANT USAGE ON SCHEMA veza_backup TO " + this.owner);

		BackupFailedException refusal = this.run.refusal("DROP TABLE notes");

		assertThat(refusal).hasMessage(("The role \"%1$s\" may not create tables in the schema \"veza_backup\" "
				+ "of the backups. Run GRANT USAGE, CREATE ON SCHEMA \"veza_backup\" TO \"%1$s\".")
			.formatted(this.owner));
	}

	@Test
	void catalogueOfAnotherRoleIsNamed() throws SQLException {
		BackupRun other = BackupRun.on(this.database);
		this.database.execute("CREATE TABLE mine AS SELECT 1 AS one");
		other.rollback("DROP TABLE mine");
		other.close();
		this.database.execute("GRANT ALL ON SCHEMA veza_backup TO " + this.owner);

		assertThat(this.run.refusal("DROP TABLE notes"))
			.hasMessageContaining("could not be kept in the database: ERROR: permission denied for table backups")
			.hasMessageContaining("Grant the role of the migrations what it is denied.");
	}

	@Test
	void roleThatMayDeleteButNotReadIsToldHow() throws SQLException {
		this.database.execute("""
				CREATE TABLE secrets (id int PRIMARY KEY); INSERT INTO secrets VALUES (1);
				GRANT DELETE ON secrets TO %1$s; GRANT CREATE ON DATABASE %2$s TO %1$s""".formatted(this.owner,
				this.database.name()));

		assertThat(this.run.refusal("DELETE FROM secrets"))
			.hasMessageStartingWith(("The role \"%1$s\" may not copy the table \"public.secrets\". "
					+ "Run GRANT SELECT, DELETE ON TABLE public.secrets TO \"%1$s\". Otherwise")
				.formatted(this.owner));
	}

	@Test
	void ownerKeepsAndRestoresRowsThatForcedRowSecurityHides() throws SQLException {
		this.database.execute(HIDE_ALL + "; CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);
		assertThat(this.run.lost("DELETE FROM notes")).isEmpty();

		String down = "ALTER TABLE notes DROP COLUMN note";
		assertThat(this.run.rollback(down).kept()).singleElement()
			.satisfies((kept) -> assertThat(kept.rows()).isEqualTo(100));
		assertThat(this.database.query(FORCED)).containsExactly("t|t");
		this.run.execute("ALTER TABLE notes ADD COLUMN note text");
		this.run.restore();

		assertThat(this.database.query(FORCED)).containsExactly("t|t");
		assertThat(this.database.query("SELECT count(*) FROM notes WHERE note = 'note ' || id")).containsExactly("100");
		assertThat(this.run.setting("row_security")).isEqualTo("on");
	}

	@Test
	void rowsThatForcedRowSecurityShowsAreTrimmed() throws SQLException {
		this.database.execute(HIDE_ALL.replace("USING (id < 0)", "USING (id < 50)")
				+ "; CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);

		assertThat(this.run.rollback("DELETE FROM notes").kept()).singleElement()
			.satisfies((kept) -> assertThat(kept.rows()).isEqualTo(49));
		assertThat(this.run.restore()).extracting(RestoredObject::rows).containsExactly(49L);
		assertThat(this.database.query("SELECT count(*) FROM notes")).containsExactly("100");
		assertThat(this.database.query(FORCED)).containsExactly("t|t");
	}

	@Test
	void droppedTableWithForcedRowSecurityIsKeptWhole() throws SQLException {
		this.database.execute(HIDE_ALL + "; CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);

		assertThat(this.run.rollback("DROP TABLE notes").kept()).singleElement()
			.satisfies((kept) -> assertThat(kept.rows()).isEqualTo(100));
		this.database
			.execute("SET ROLE " + this.owner + "; CREATE TABLE notes (id int PRIMARY KEY, note text); " + HIDE_ALL);
		this.run.restore();

		assertThat(this.database.query("SELECT count(*) FROM notes")).containsExactly("100");
	}

	@Test
	void superuserKeepsRowsThatRowSecurityHidesFromOthers() throws SQLException {
		this.database.execute(HIDE_ALL);
		BackupRun superuser = BackupRun.on(this.database);

		assertThat(superuser.rollback("DROP TABLE notes").kept()).singleElement()
			.satisfies((kept) -> assertThat(kept.rows()).isEqualTo(100));
		superuser.close();
	}

	@Test
	void rowsHiddenFromARoleThatIsNotTheOwnerAreRefused() throws SQLException {
		this.database.execute("""
				CREATE TABLE others (id int PRIMARY KEY); INSERT INTO others VALUES (1);
				GRANT ALL ON others TO %1$s; ALTER TABLE others ENABLE ROW LEVEL SECURITY;
				CREATE POLICY few ON others USING (id > 0); CREATE SCHEMA veza_backup AUTHORIZATION %1$s"""
			.formatted(this.owner));

		BackupFailedException refusal = this.run.refusal("DELETE FROM others");

		assertThat(refusal.problem())
			.isEqualTo("Row security hides rows of the table \"public.others\" from the role \"" + this.owner + "\".");
		assertThat(refusal.action().orElseThrow())
			.startsWith("Run it as the owner of the table, or as a role with BYPASSRLS: ALTER ROLE \"" + this.owner
					+ "\" BYPASSRLS.");
	}

	@Test
	void ordinaryOwnerRestoresPartitionsWithTriggers() throws SQLException {
		this.database.execute("CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);
		this.run.execute("""
				CREATE TABLE events (at int PRIMARY KEY REFERENCES notes) PARTITION BY RANGE (at);
				CREATE TABLE events_1 PARTITION OF events DEFAULT; INSERT INTO events VALUES (1), (2);
				CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''fired''; END';
				CREATE TRIGGER a BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION meddle()""");
		this.run.rollback("DELETE FROM events");

		this.run.restore();

		assertThat(this.database.query("SELECT * FROM events_1 ORDER BY 1")).containsExactly("1", "2");
		assertThat(this.database.query("SELECT tgenabled FROM pg_trigger WHERE tgname = 'a'")).containsExactly("O",
				"O");
	}

	@Test
	void restoreByARoleThatMayNotDisableTriggersIsRefused() throws SQLException {
		this.database.execute("CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);
		this.run.rollback("DELETE FROM notes WHERE id = 1");
		this.database.execute("""
				ALTER TABLE notes OWNER TO postgres; GRANT ALL ON notes TO %s;
				CREATE TRIGGER t BEFORE INSERT ON notes EXECUTE FUNCTION suppress_redundant_updates_trigger()"""
			.formatted(this.owner));

		assertThat(this.run.restoreRefusal())
			.hasMessageContaining("What was kept could not be restored: ERROR: must be owner of table notes")
			.hasMessageEndingWith("Restore it as the owner of the tables, or as a superuser.");
	}

	@Test
	void ordinaryOwnerRestoresWithTriggersAndSequences() throws SQLException {
		this.database.execute("CREATE SCHEMA veza_backup AUTHORIZATION " + this.owner);
		String up = "CREATE TABLE lists (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)";
		this.run.execute(up + "; INSERT INTO lists (note) VALUES ('a'), ('b')");

		this.run.rollback("DROP TABLE lists");
		this.run.execute(up + "; CREATE TRIGGER t BEFORE INSERT ON lists FOR EACH ROW "
				+ "EXECUTE FUNCTION suppress_redundant_updates_trigger()");

		assertThat(this.run.restore()).extracting(RestoredObject::name, RestoredObject::rows)
			.containsExactly(tuple("public.lists", 2L), tuple("public.lists_id_seq", 0L));
		this.run.execute("ALTER TABLE lists DISABLE TRIGGER t; INSERT INTO lists (note) VALUES ('c')");
		assertThat(this.database.query("SELECT * FROM lists")).isEqualTo(List.of("1|a", "2|b", "3|c"));
	}

}
