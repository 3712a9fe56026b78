package io.veza.migrations.backup.restore;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.BackupRun;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InDatabaseRestoreIntegrationTests {

	private static final String UP = """
			CREATE TABLE users (id serial PRIMARY KEY, name text, upper_name text GENERATED ALWAYS AS (upper(name)) STORED)""";

	private static final String CONTENT = "SELECT id, name FROM users ORDER BY 1";

	private final TestDatabase database = TestDatabase.create();

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute(UP + "; INSERT INTO users (name) VALUES ('ann'), ('bob'), ('cleo')");
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@Test
	void droppedTableComesBackWithItsSequence() throws SQLException {
		this.run.rollback("DROP TABLE users");
		this.database.execute(UP);

		assertThat(this.run.restore()).containsExactly(new RestoredObject(Kind.TABLE, "public.users", 3, 3),
				new RestoredObject(Kind.SEQUENCE, "public.users_id_seq", 0, 0));
		this.database.execute("INSERT INTO users (name) VALUES ('new')");
		assertThat(this.database.query("SELECT * FROM users ORDER BY 1")).containsExactly("1|ann|ANN", "2|bob|BOB",
				"3|cleo|CLEO", "4|new|NEW");
		assertThat(this.database
			.query("SELECT restored_by, restore_operation_id, restored_at IS NOT NULL " + "FROM veza_backup.backups"))
			.containsOnly("rita|" + BackupRun.RESTORE + "|t");
	}

	@Test
	void keptRowsWinOverRowsThatTheUpInserts() throws SQLException {
		this.run.rollback("DROP TABLE users");
		this.database.execute(UP + "; INSERT INTO users (id, name) VALUES (2, 'seed'), (9, 'other')");

		this.run.restore();

		assertThat(this.database.query(CONTENT)).containsExactly("1|ann", "2|bob", "3|cleo", "9|other");
	}

	@Test
	void deletedAndOverwrittenRowsComeBack() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id = 1; UPDATE users SET name = 'x' WHERE id = 2");
		this.database.execute("UPDATE users SET name = 'new name' WHERE id = 3");

		assertThat(this.run.restore()).extracting(RestoredObject::rows).containsExactly(2L);
		assertThat(this.database.query(CONTENT)).containsExactly("1|ann", "2|bob", "3|new name");
	}

	@Test
	void columnAndRowsOfOneTableComeBackTogether() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id = 1; ALTER TABLE users DROP COLUMN name CASCADE");
		this.database.execute("ALTER TABLE users ADD COLUMN name text NOT NULL DEFAULT ''");

		this.run.restore();

		assertThat(this.database.query(CONTENT)).containsExactly("1|ann", "2|bob", "3|cleo");
	}

	@Test
	void columnOfARowThatIsGoneSinceDoesNotComeBack() throws SQLException {
		this.run.rollback("ALTER TABLE users DROP COLUMN name CASCADE");
		this.database.execute("ALTER TABLE users ADD COLUMN name text; DELETE FROM users WHERE id = 2");

		assertThat(this.run.restore()).containsExactly(new RestoredObject(Kind.COLUMNS, "public.users", 3, 2));
		assertThat(this.database.query(CONTENT)).containsExactly("1|ann", "3|cleo");
	}

	@Test
	void identityColumnThatTakesNoValuesTakesTheKeptOnes() throws SQLException {
		String up = "ALTER TABLE users ADD COLUMN number int GENERATED ALWAYS AS IDENTITY (START 100)";
		this.database.execute(up);
		List<String> before = this.database.query("SELECT id, number FROM users ORDER BY 1");
		this.run.rollback("ALTER TABLE users DROP COLUMN number");
		this.database.execute(up.replace("100", "7"));

		this.run.restore();

		assertThat(this.database.query("SELECT id, number FROM users ORDER BY 1")).isEqualTo(before);
		assertThat(this.database
			.query("SELECT attidentity FROM pg_attribute WHERE attname = 'number' AND attrelid = 'users'::regclass"))
			.containsExactly("a");
		assertThat(this.database.query("SELECT nextval('users_number_seq')")).containsExactly("103");
	}

	@Test
	void keylessTableComesBackIfItIsEmpty() throws SQLException {
		this.database.execute("CREATE TABLE log (line text); INSERT INTO log VALUES ('a'), ('a'), (NULL)");
		this.run.rollback("DROP TABLE log");
		this.database.execute("CREATE TABLE log (line text); INSERT INTO log VALUES ('seed')");

		assertThat(this.run.restoreRefusal()).hasMessage("The table public.log has rows already, and no key to tell "
				+ "which of the kept rows they are. Empty it, or copy from \"veza_backup\".\"v004_log_1a2b3c4d_1\" "
				+ "what is missing.");
		this.database.execute("TRUNCATE log");
		this.run.restore();

		assertThat(this.database.query("SELECT line FROM log")).containsExactly("a", "a", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " DEFERRABLE INITIALLY DEFERRED" })
	void tablesThatReferToEachOtherAndThemselvesComeBack(String deferrable) throws SQLException {
		String up = """
				CREATE TABLE teams (id int PRIMARY KEY, lead int NOT NULL, parent int REFERENCES teams%1$s);
				CREATE TABLE members (id int PRIMARY KEY, team int NOT NULL REFERENCES teams%1$s);
				ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES members%1$s;
				CREATE TABLE badges (id int PRIMARY KEY, member int REFERENCES members%1$s)""".formatted(deferrable);
		this.database.execute(up + """
				; WITH t AS (INSERT INTO teams VALUES (1, 1, 2), (2, 1, 1)), m AS (INSERT INTO members VALUES (1, 2))
				INSERT INTO badges VALUES (5, 1)""");
		this.run.rollback("DROP TABLE teams, members, badges");
		this.database.execute(up + "; CREATE TRIGGER t AFTER INSERT ON teams FOR EACH ROW "
				+ "EXECUTE FUNCTION suppress_redundant_updates_trigger()");

		assertThat(this.run.restore()).extracting(RestoredObject::rows).containsExactly(1L, 1L, 2L);
		assertThat(this.database.query("SELECT * FROM teams ORDER BY 1")).containsExactly("1|1|2", "2|1|1");
	}

	@Test
	void rowsThatReferToWhatIsGoneAreRefused() throws SQLException {
		this.database.execute("CREATE TABLE pets (id int PRIMARY KEY, owner int REFERENCES users); "
				+ "INSERT INTO pets VALUES (1, 2)");
		this.run.rollback("DELETE FROM pets");
		this.database.execute("DELETE FROM users");

		assertThat(this.run.restoreRefusal())
			.hasMessageStartingWith("What was kept does not fit into the tables: ERROR: "
					+ "insert or update on table \"pets\" violates foreign key constraint")
			.hasMessageEndingWith("Nothing was changed; correct the tables, or copy from the schema \"veza_backup\" "
					+ "what is missing.");
	}

	@Test
	void triggersDoNotFireAndAreAsTheyWere() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id < 3");
		this.database.execute("""
				CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''fired''; END';
				CREATE TRIGGER a BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION meddle();
				CREATE TRIGGER b AFTER INSERT ON users EXECUTE FUNCTION meddle();
				CREATE TRIGGER "C ""c\""" BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION meddle();
				CREATE TRIGGER d BEFORE INSERT ON users EXECUTE FUNCTION meddle();
				ALTER TABLE users ENABLE ALWAYS TRIGGER a, ENABLE REPLICA TRIGGER b, DISABLE TRIGGER d""");
		String states = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1";
		List<String> before = this.database.query(states);

		this.run.restore();

		assertThat(this.database.query(states)).isEqualTo(before).containsExactly("C \"c\"|O", "a|A", "b|R", "d|D");
		assertThat(this.database.query(CONTENT)).hasSize(3);
	}

	@Test
	void sequencesNeverGoBackwards() throws SQLException {
		this.database.execute("""
				CREATE SEQUENCE down INCREMENT -1; CREATE SEQUENCE up; CREATE SEQUENCE further;
				SELECT setval('down', -50), setval('up', 50), setval('further', 50)""");
		this.run.rollback("DROP SEQUENCE down, up, further");
		this.database.execute("""
				CREATE SEQUENCE down INCREMENT -1; CREATE SEQUENCE up; CREATE SEQUENCE further;
				SELECT setval('further', 70)""");

		assertThat(this.run.restore()).extracting(RestoredObject::name)
			.containsExactly("public.down", "public.further", "public.up");
		assertThat(this.database.query("SELECT nextval('down'), nextval('up'), nextval('further')"))
			.containsExactly("-51|51|71");
	}

	@Test
	void sequenceOfAColumnIsFoundByTheColumn() throws SQLException {
		this.run.rollback("DROP TABLE users");
		this.database.execute("CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME other) "
				+ "PRIMARY KEY, name text)");

		assertThat(this.run.restore()).extracting(RestoredObject::name).containsExactly("public.users", "public.other");
		assertThat(this.database.query("SELECT nextval('other')")).containsExactly("4");
	}

	@Test
	void truncatedTableComesBackWithItsRestartedSequence() throws SQLException {
		this.run.rollback("TRUNCATE users RESTART IDENTITY");
		assertThat(this.database.query("SELECT last_value FROM users_id_seq")).containsExactly("1");

		this.run.restore();

		assertThat(this.database.query(CONTENT)).hasSize(3);
		assertThat(this.database.query("SELECT nextval('users_id_seq')")).containsExactly("4");
	}

	@Test
	void partitionsComeBackWhereverTheyAreNow() throws SQLException {
		String up = """
				CREATE TABLE events (at int, id int, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
				CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10)""";
		this.database.execute(up + """
				; CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);
				INSERT INTO events SELECT n, n FROM generate_series(1, 19) n""");
		this.run.rollback("DROP TABLE events");
		this.database.execute(up + """
				; CREATE TABLE the_rest PARTITION OF events DEFAULT; INSERT INTO events VALUES (11, 11);
				CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''fired''; END';
				CREATE TRIGGER a BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION meddle();
				ALTER TABLE the_rest ENABLE ALWAYS TRIGGER a""");

		assertThat(this.run.restore()).extracting(RestoredObject::name)
			.containsExactly("public.events_1", "public.events");
		assertThat(this.database.query("SELECT tableoid::regclass, count(*) FROM events GROUP BY 1 ORDER BY 2"))
			.containsExactly("events_1|9", "the_rest|10");
		assertThat(this.database
			.query("SELECT tgrelid::regclass, tgenabled FROM pg_trigger WHERE tgname = 'a' ORDER BY 1"))
			.containsExactly("events|O", "events_1|O", "the_rest|A");
	}

	@Test
	void parentAndChildTablesComeBackEachByItself() throws SQLException {
		String up = "; CREATE TABLE admins (PRIMARY KEY (id)) INHERITS (users)";
		this.database.execute(up.substring(2) + "; INSERT INTO admins (id, name) VALUES (2, 'root')");
		this.run.rollback("UPDATE users SET name = 'x'");

		this.run.restore();

		assertThat(this.database.query("SELECT id, name FROM ONLY users ORDER BY 1")).containsExactly("1|ann", "2|bob",
				"3|cleo");
		assertThat(this.database.query("SELECT id, name FROM admins")).containsExactly("2|root");
	}

	@Test
	void whatSegmentsOfOneOperationDestroyedComesBackInOrder() throws SQLException {
		this.run.rollback("ALTER TABLE users DROP COLUMN name CASCADE");
		this.run.rollback("DROP TABLE users");
		this.database.execute(UP);

		this.run.restore();

		assertThat(this.database.query(CONTENT)).containsExactly("1|ann", "2|bob", "3|cleo");
	}

	@Test
	void oddNamesComeBack() throws SQLException {
		String up = "CREATE TABLE \"We\"\"ird Näme?\" (\"i ? d\" int PRIMARY KEY, \"{fn \"\"x\"\"}\" text, \"%s\" text)";
		this.database.execute(up + "; INSERT INTO \"We\"\"ird Näme?\" VALUES (1, 'a', 'b')");
		this.run.rollback("ALTER TABLE \"We\"\"ird Näme?\" DROP COLUMN \"%s\"");
		this.database.execute("ALTER TABLE \"We\"\"ird Näme?\" ADD COLUMN \"%s\" text");

		this.run.restore();

		assertThat(this.database.query("SELECT * FROM \"We\"\"ird Näme?\"")).containsExactly("1|a|b");
	}

	@Test
	void whatHasNoPlaceYetIsNamed() throws SQLException {
		this.run.rollback("DROP TABLE users");
		RestoreFailedException noTable = this.run.restoreRefusal();
		this.database.execute("CREATE TABLE users (id int PRIMARY KEY)");
		RestoreFailedException noColumn = this.run.restoreRefusal();
		this.database.execute("ALTER TABLE users ADD COLUMN name text");
		RestoreFailedException noSequence = this.run.restoreRefusal();

		String start = "What the operation \"" + this.run.operation() + "\" destroyed has no place: ";
		String end = " is not there. Apply version \"004\", \"003\" first.";
		assertThat(noTable).hasMessage(start + "the table \"public\".\"users\"" + end);
		assertThat(noColumn).hasMessage(start + "the column \"name\" of public.users" + end);
		assertThat(noSequence).hasMessage(start + "the sequence \"public\".\"users_id_seq\"" + end);
		assertThat(this.database.query("SELECT count(*) FROM users")).containsExactly("0");
	}

	@Test
	void secondRestoreIsRefused() throws SQLException {
		this.run.rollback("DELETE FROM users");
		this.run.restore();

		assertThat(this.run.restoreRefusal().problem())
			.startsWith("What the operation \"" + this.run.operation() + "\" destroyed was restored at 20")
			.endsWith("Z by \"rita\" already.");
	}

	@Test
	void unknownOperationIsRefusedWithThoseThatAreKnown() throws SQLException {
		assertThat(this.run.restoreRefusal().action()).hasValue("There is none that could be restored.");
		UUID other = new UUID(3, 3);
		this.run.rollback("DELETE FROM users", other);

		assertThat(this.run.restoreRefusal())
			.hasMessage("The schema \"veza_backup\" holds no backup of the operation \"" + this.run.operation()
					+ "\". Those that can be restored are \"" + other + "\".");
	}

	@Test
	void backupThatSomebodyDroppedIsNamed() throws SQLException {
		this.run.rollback("DELETE FROM users");
		this.database.execute("DROP TABLE veza_backup.v004_users_1a2b3c4d_1");

		assertThat(this.run.restoreRefusal()).hasMessage("The table \"veza_backup\".\"v004_users_1a2b3c4d_1\" "
				+ "that was kept is not there any more. Restore its rows from another backup.");
	}

}
