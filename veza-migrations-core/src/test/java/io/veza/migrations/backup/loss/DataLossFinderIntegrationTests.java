package io.veza.migrations.backup.loss;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.DataLoss;
import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.BackupRun;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class DataLossFinderIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute("""
				CREATE TABLE users (id serial PRIMARY KEY, name varchar(20), twice int GENERATED ALWAYS AS (2) STORED);
				INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 10) n;
				ANALYZE users""");
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "INSERT INTO users (name) VALUES ('new')", "SELECT * FROM users FOR UPDATE",
			"ALTER TABLE users RENAME name TO called", "ALTER TABLE users RENAME TO people",
			"ALTER TABLE users DROP COLUMN twice", "ALTER TABLE users SET (fillfactor = 50)",
			"CREATE TABLE t (id int); DROP TABLE t", "CREATE TEMPORARY TABLE t AS SELECT 1; DROP TABLE t",
			"ALTER TABLE users DROP CONSTRAINT users_pkey",
			"CREATE MATERIALIZED VIEW v AS SELECT 1 AS one; DROP MATERIALIZED VIEW v",
			"CREATE SCHEMA other; ALTER TABLE users SET SCHEMA other", "DELETE FROM users WHERE id < 0" })
	void whatKeepsAllDataIsNoLoss(String down) throws SQLException {
		assertThat(this.run.lost(down)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE users ADD COLUMN x uuid DEFAULT gen_random_uuid()",
			"CLUSTER users USING users_pkey", "ALTER TABLE users ALTER name TYPE varchar(20) USING 'x'" })
	void whatIsRewrittenMayBeLost(String down) throws SQLException {
		assertThat(this.run.lost(down)).extracting(DataLoss::kind, DataLoss::object)
			.containsExactly(tuple(Kind.ROWS, "public.users"));
	}

	@Test
	void droppedTableIsLostWithItsSequence() throws SQLException {
		assertThat(this.run.lost("DROP TABLE users")).containsExactly(
				new DataLoss(Kind.TABLE, "public.users", List.of(), 10L, true),
				new DataLoss(Kind.SEQUENCE, "public.users_id_seq", List.of(), null, false));
	}

	@Test
	void rowsOfATableThatWasNeverAnalyzedAreUnknown() throws SQLException {
		this.database.execute("CREATE TABLE \"We\"\"ird Näme\" AS SELECT 1 AS one");

		assertThat(this.run.lost("DROP TABLE \"We\"\"ird Näme\""))
			.containsExactly(new DataLoss(Kind.TABLE, "public.\"We\"\"ird Näme\"", List.of(), null, false));
	}

	@Test
	void tableOfADroppedSchemaOrExtensionIsLost() throws SQLException {
		this.database.execute("""
				CREATE SCHEMA other; CREATE TABLE other.a (id int); CREATE TABLE b (id int); CREATE EXTENSION hstore;
				ALTER EXTENSION hstore ADD TABLE b""");

		assertThat(this.run.lost("DROP SCHEMA other CASCADE; DROP EXTENSION hstore")).extracting(DataLoss::object)
			.containsExactly("other.a", "public.b");
	}

	@Test
	void tableThatIsMadeAgainIsLost() throws SQLException {
		assertThat(this.run
			.lost("ALTER SEQUENCE users_id_seq OWNED BY NONE; DROP TABLE users; CREATE TABLE users (id int)"))
			.extracting(DataLoss::kind, DataLoss::object)
			.containsExactly(tuple(Kind.TABLE, "public.users"));
	}

	@Test
	void droppedColumnIsLostAlsoIfItIsMadeAgain() throws SQLException {
		DataLoss loss = new DataLoss(Kind.COLUMNS, "public.users", List.of("name"), 10L, true);

		assertThat(this.run.lost("ALTER TABLE users DROP COLUMN name")).containsExactly(loss);
		assertThat(this.run.lost("ALTER TABLE users DROP COLUMN name, ADD COLUMN name varchar(20)"))
			.containsExactly(loss);
	}

	@ParameterizedTest
	@ValueSource(strings = { "varchar(8)", "text", "int USING 1", "varchar(20)[] USING ARRAY[name]" })
	void columnOfAnotherTypeIsLost(String type) throws SQLException {
		assertThat(this.run.lost("ALTER TABLE users ALTER name TYPE " + type))
			.contains(new DataLoss(Kind.COLUMNS, "public.users", List.of("name"), 10L, true));
	}

	@Test
	void deletedAndUpdatedRowsAreCounted() throws SQLException {
		assertThat(this.run.lost("DELETE FROM users WHERE id > 8; UPDATE users SET name = 'x' WHERE id = 1"))
			.containsExactly(new DataLoss(Kind.ROWS, "public.users", List.of(), 3L, false));
		assertThat(this.run.lost("SELECT 1")).isEmpty();
	}

	@Test
	void rowsDeletedByAForeignKeyOrAFunctionAreLost() throws SQLException {
		this.database.execute("""
				CREATE TABLE pets (id int, owner int REFERENCES users ON DELETE CASCADE);
				INSERT INTO pets VALUES (1, 1);
				CREATE FUNCTION purge() RETURNS void LANGUAGE sql AS 'DELETE FROM public.users WHERE id = 1'""");

		assertThat(this.run.lost("SELECT purge()")).extracting(DataLoss::object)
			.containsExactly("public.pets", "public.users");
	}

	@Test
	void rowsThatATriggerDeletesAtTheEndOfTheTransactionAreLost() throws SQLException {
		this.database.execute("""
				CREATE TABLE log (line text); INSERT INTO log VALUES ('a');
				CREATE FUNCTION purge() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM log; RETURN NULL; END';
				CREATE CONSTRAINT TRIGGER late AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED
					FOR EACH ROW EXECUTE FUNCTION purge()""");

		assertThat(this.run.lost("INSERT INTO users (name) VALUES ('new')")).extracting(DataLoss::object)
			.containsExactly("public.log");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRUNCATE users", "TRUNCATE users; INSERT INTO users (name) VALUES ('seed')",
			"DELETE FROM users; TRUNCATE users" })
	void truncatedRowsAreLost(String down) throws SQLException {
		assertThat(this.run.lost(down)).containsExactly(new DataLoss(Kind.ROWS, "public.users", List.of(), 10L, true));
	}

	@Test
	void truncatedRowsAreLostBesideAColumnOfAnotherType() throws SQLException {
		assertThat(this.run.lost("TRUNCATE users; ALTER TABLE users ALTER name TYPE int USING 1"))
			.extracting(DataLoss::kind)
			.containsExactly(Kind.ROWS, Kind.COLUMNS);
	}

	@Test
	void restartedSequenceIsLost() throws SQLException {
		assertThat(this.run.lost("TRUNCATE users RESTART IDENTITY")).extracting(DataLoss::kind)
			.containsExactly(Kind.ROWS, Kind.SEQUENCE);
		assertThat(this.run.lost("CREATE SEQUENCE s; SELECT nextval('users_id_seq')")).isEmpty();
	}

	@Test
	void leavesOfPartitionedTablesAreLost() throws SQLException {
		this.database.execute("""
				CREATE TABLE events (at int, note text) PARTITION BY RANGE (at);
				CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);
				CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (2) TO (3);
				INSERT INTO events VALUES (1), (2)""");

		assertThat(this.run.lost("ALTER TABLE events DROP COLUMN note")).extracting(DataLoss::object)
			.containsExactly("public.events_1", "public.events_2");
		assertThat(this.run.lost("DELETE FROM events WHERE at = 2")).extracting(DataLoss::object)
			.containsExactly("public.events_2");
		assertThat(this.run.lost("DROP TABLE events")).extracting(DataLoss::kind)
			.containsExactly(Kind.TABLE, Kind.TABLE);
		assertThat(this.run.lost("ALTER TABLE events DETACH PARTITION events_1")).isEmpty();
	}

	@Test
	void columnsOfChildTablesAreLost() throws SQLException {
		this.database.execute("CREATE TABLE admins () INHERITS (users)");

		assertThat(this.run.lost("ALTER TABLE users DROP COLUMN name")).extracting(DataLoss::object)
			.containsExactly("public.admins", "public.users");
	}

	@Test
	void tablesOfTheHistoryAndOfBackupsAreNoLoss() throws SQLException {
		this.database.execute("""
				CREATE TABLE schema_migrations AS SELECT 1 AS one;
				CREATE SCHEMA veza_backup; CREATE TABLE veza_backup.kept AS SELECT 1 AS one""");

		assertThat(this.run.lost("DELETE FROM schema_migrations; DROP SCHEMA veza_backup CASCADE")).isEmpty();
		assertThat(this.run.lost("SET LOCAL search_path = veza_backup; DELETE FROM public.schema_migrations"))
			.isEmpty();
	}

	@Test
	void largeObjectThatIsUnlinkedCannotBeKept() throws SQLException {
		this.database.execute("SELECT lo_from_bytea(4711, '\\x00'), lo_from_bytea(4712, '\\x00')");

		assertThat(this.run.lost("SELECT lo_unlink(4711)"))
			.containsExactly(ObservedDataLosses.plain(Kind.OTHER, "large objects"));
		assertThat(this.run.lost("SELECT lo_put(4712, 0, '\\x01')"))
			.containsExactly(ObservedDataLosses.plain(Kind.OTHER, "large objects"));
	}

	@Test
	void attributeOfACompositeTypeThatIsUsedCannotBeKept() throws SQLException {
		this.database.execute("""
				CREATE TYPE address AS (street text, "Zip" text); CREATE TYPE unused AS (a int, b int);
				CREATE TABLE houses (id int PRIMARY KEY, at address[])""");

		assertThat(this.run.lost("ALTER TYPE address DROP ATTRIBUTE \"Zip\"; ALTER TYPE unused DROP ATTRIBUTE a"))
			.containsExactly(ObservedDataLosses.plain(Kind.OTHER,
					"the attribute \"Zip\" of values of the type \"public.address\""));
	}

	@Test
	void rowsOfForeignTablesThatAreWrittenCannotBeKept() throws SQLException {
		this.database.execute("""
				CREATE EXTENSION postgres_fdw;
				CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname '%s', port '%s');
				CREATE USER MAPPING FOR postgres SERVER self OPTIONS (user 'postgres', password 'postgres');
				CREATE FOREIGN TABLE far (id int, name text) SERVER self OPTIONS (table_name 'users')"""
			.formatted(this.database.name(), this.database.query("SHOW port").get(0)));

		assertThat(this.run.lost("DELETE FROM far WHERE id = 1"))
			.containsExactly(ObservedDataLosses.plain(Kind.OTHER, "rows of the foreign table \"public.far\""));
		assertThat(this.run.lost("DROP FOREIGN TABLE far")).isEmpty();
	}

	@Test
	void countingIsSwitchedOnWhereItIsOff() throws SQLException {
		this.run.execute("SET track_counts = off");

		assertThat(this.run.lost("DELETE FROM users WHERE id = 1")).extracting(DataLoss::kind)
			.containsExactly(Kind.ROWS);
		assertThat(this.run.setting("track_counts")).isEqualTo("off");
	}

	@Test
	void rowsCannotBeKnownWhereCountingMayNotBeSwitchedOn() throws SQLException {
		String role = this.database.name() + "_nobody";
		this.database.execute("CREATE ROLE " + role);
		this.run.execute("SET track_counts = off; SET ROLE " + role);

		assertThat(this.run.lost("SELECT 1")).singleElement()
			.satisfies((loss) -> assertThat(loss.object()).contains("track_counts is off"));
		this.run.execute("RESET ROLE; DROP ROLE " + role);
	}

	@Test
	void whatOthersDestroyMeanwhileIsNoLossOfOurs() throws SQLException {
		this.database.execute("CREATE TABLE b (id int); CREATE TABLE c (id int, x int); CREATE SEQUENCE s");
		this.run.begin();
		DataSnapshot before = this.run.snapshot();

		try (TestSession other = TestSession.executed(this.database.dataSource(), """
				DROP TABLE b; ALTER TABLE c DROP COLUMN x; TRUNCATE users; DROP SEQUENCE s""")) {
			assertThat(other.pid()).isPositive();
		}

		assertThat(before.until(this.run.snapshot()).isEmpty()).isTrue();
		assertThat(this.run.lost("DROP TABLE c")).hasSize(1);
	}

}
