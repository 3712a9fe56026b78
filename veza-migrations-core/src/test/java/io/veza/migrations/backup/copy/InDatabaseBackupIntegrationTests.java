package io.veza.migrations.backup.copy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.DataLoss;
import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.BackupRun;
import io.veza.migrations.backup.loss.LostTableData;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class InDatabaseBackupIntegrationTests {

	private static final String KEPT_USERS = "SELECT * FROM veza_backup.v004_users_1a2b3c4d_1";

	private final TestDatabase database = TestDatabase.create();

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute("""
				CREATE TABLE users (id int PRIMARY KEY, name text, email text);
				INSERT INTO users SELECT n, 'user ' || n, n || '@x' FROM generate_series(1, 10) n;
				CREATE TABLE log (line text);
				INSERT INTO log VALUES ('a'), ('b');
				CREATE SEQUENCE tickets INCREMENT -1;
				CREATE TABLE empty (id serial PRIMARY KEY)""");
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@Test
	void droppedTablesAreKeptWithTheirRows() throws SQLException {
		Backup backup = this.run.rollback("DROP TABLE users; DROP TABLE log");

		assertThat(backup.mode()).isEqualTo(BackupMode.IN_DATABASE);
		assertThat(backup.location()).isEqualTo("veza_backup");
		assertThat(backup.kept()).containsExactly(
				new Backup.Kept(new DataLoss(Kind.TABLE, "public.log", List.of(), 2L, false),
						"\"veza_backup\".\"v004_log_1a2b3c4d_1\"", 2L),
				new Backup.Kept(new DataLoss(Kind.TABLE, "public.users", List.of(), 10L, false),
						"\"veza_backup\".\"v004_users_1a2b3c4d_2\"", 10L));
		assertThat(backup.bytes()).isPositive();
		assertThat(this.database.query("SELECT line FROM veza_backup.v004_log_1a2b3c4d_1")).containsExactly("a", "b");
	}

	@Test
	void columnsAreKeptBesideTheKeyOnly() throws SQLException {
		Backup backup = this.run.rollback("ALTER TABLE users DROP COLUMN email");

		assertThat(backup.kept()).extracting(Backup.Kept::loss)
			.containsExactly(new DataLoss(Kind.COLUMNS, "public.users", List.of("email"), 10L, false));
		assertThat(this.database.query(KEPT_USERS)).hasSize(10).contains("3|3@x");
	}

	@Test
	void onlyRowsThatWereTouchedAreKept() throws SQLException {
		Backup backup = this.run.rollback("DELETE FROM users WHERE id = 3; UPDATE users SET name = 'x' WHERE id = 7; "
				+ "UPDATE users SET name = name WHERE id = 8");

		assertThat(backup.kept()).extracting(Backup.Kept::rows).containsExactly(2L);
		assertThat(this.database.query(KEPT_USERS + " ORDER BY 1")).containsExactly("3|user 3|3@x", "7|user 7|7@x");
	}

	@Test
	void renamedTableIsTrimmedByItsNewName() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id = 3; ALTER TABLE users RENAME TO people; "
				+ "ALTER TABLE people RENAME id TO number");

		assertThat(this.database.query(KEPT_USERS)).containsExactly("3|user 3|3@x");
	}

	@Test
	void allColumnsAreKeptOfATableThatLosesColumnsAndRows() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id = 3; ALTER TABLE users DROP COLUMN email");

		assertThat(this.database.query(KEPT_USERS)).hasSize(10).contains("3|user 3|3@x");
	}

	@Test
	void keyThatIsDroppedDoesNotTellRowsApart() throws SQLException {
		this.database.execute("ALTER TABLE users ALTER name SET NOT NULL; CREATE UNIQUE INDEX ON users (name)");

		this.run.rollback("ALTER TABLE users DROP COLUMN id");

		assertThat(this.database.query("SELECT columns, key_columns FROM veza_backup.backups"))
			.containsExactly("{id,name}|{name}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DROP TABLE empty", "DELETE FROM log WHERE false", "TRUNCATE empty",
			"DROP SEQUENCE tickets", "SELECT 1", "SELECT nextval('empty_id_seq'); DROP TABLE empty",
			"ALTER TABLE empty DROP COLUMN id" })
	void whereNothingIsLostNothingIsKept(String down) throws SQLException {
		assertThat(this.run.rollback(down)).isEqualTo(Backup.nothing(BackupMode.IN_DATABASE));

		assertThat(this.database.query("SELECT to_regnamespace('veza_backup')")).containsExactly("");
	}

	@Test
	void rowsWrittenWithTheSameValuesAreNotKept() throws SQLException {
		assertThat(this.run.rollback("UPDATE users SET name = name")).isEqualTo(Backup.nothing(BackupMode.IN_DATABASE));

		assertThat(this.database.query("SELECT count(*) FROM veza_backup.backups")).containsExactly("0");
		assertThat(this.database.objects()).doesNotContain("r veza_backup.v004_users_1a2b3c4d_1");
	}

	@Test
	void catalogueTellsAllAboutIt() throws SQLException {
		this.database.execute("SELECT nextval('tickets'), nextval('tickets')");

		this.run.rollback("ALTER TABLE users DROP COLUMN email; DROP SEQUENCE tickets");

		assertThat(this.database
			.query("""
					SELECT operation_id, position, versions, kind, source_schema, source_name, columns, column_types,
						key_columns, backup_table, row_count, bytes > 0, sequence_value, requested_by, reason, database_user,
						created_at > now() - interval '1 minute', restored_at
					FROM veza_backup.backups ORDER BY position"""))
			.containsExactly(
					this.run.operation() + "|1|{004,003}|columns|public|users|{id,email}|{integer,text}|{id}|"
							+ "v004_users_1a2b3c4d_1|10|t||olivia|a bad release|postgres|t|",
					this.run.operation() + "|2|{004,003}|sequence|public|tickets|{}|{bigint}|{}||0|f|-2|olivia|"
							+ "a bad release|postgres|t|");
	}

	@Test
	void segmentsOfOneOperationAreKeptSideBySide() throws SQLException {
		this.run.rollback("ALTER TABLE users DROP COLUMN email");

		assertThat(this.run.rollback("DROP TABLE users").kept()).extracting(Backup.Kept::table)
			.containsExactly("\"veza_backup\".\"v004_users_1a2b3c4d_2\"");
	}

	@Test
	void longAndOddNamesAreCutAndQuoted() throws SQLException {
		String name = "We\"ird %s Näme " + "ü".repeat(20);
		this.database.execute("CREATE TABLE \"" + name.replace("\"", "\"\"") + "\" AS SELECT 1 AS \"a\"\"? {b\"");

		this.run.rollback("DROP TABLE \"" + name.replace("\"", "\"\"") + "\"");

		assertThat(this.database.query("SELECT source_name, length(backup_table), octet_length(backup_table), columns "
				+ "FROM veza_backup.backups"))
			.singleElement()
			.satisfies((row) -> assertThat(row).startsWith(name + "|").endsWith("|{\"a\\\"? {b\"}"));
		assertThat(this.database.query("SELECT max(octet_length(relname)) <= 63 FROM pg_class")).containsExactly("t");
	}

	@Test
	void nobodyIsGivenAnythingWhateverTheDefaultPrivilegesSay() throws SQLException {
		String role = this.database.name() + "_reader";
		this.database.execute("""
				CREATE ROLE %1$s;
				ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO %1$s, PUBLIC;
				ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO %1$s WITH GRANT OPTION;
				ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO PUBLIC""".formatted(role));

		this.run.rollback("DROP TABLE log; DELETE FROM users WHERE id = 1");

		assertThat(this.database.query("""
				SELECT DISTINCT a.grantee::regrole FROM pg_class c, aclexplode(c.relacl) a
				WHERE relnamespace = 'veza_backup'::regnamespace
				UNION
				SELECT a.grantee::regrole FROM pg_namespace n, aclexplode(n.nspacl) a WHERE nspname = 'veza_backup'"""))
			.containsExactly("postgres");
		assertThat(this.database.query("SELECT count(*) FROM pg_class WHERE relacl IS NOT NULL "
				+ "AND relnamespace = 'veza_backup'::regnamespace AND relkind = 'r'"))
			.containsExactly("3");
		this.database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE FROM log WHERE line = 'a'", "UPDATE log SET line = 'x' WHERE line = 'b'",
			"TRUNCATE log" })
	void rowsWithoutAKeyAreRefused(String down) throws SQLException {
		this.database.execute("CREATE UNIQUE INDEX ON log (line)");

		assertRefused(down,
				"What the rollback destroys cannot be kept in the database: the table \"public.log\" loses rows, "
						+ "and has no primary key (or unique index over columns that are not null) that stays.",
				"Ask for the backup \"pg-dump\", or \"none\" if the data may be lost "
						+ "(veza.migrations.backup.mode, or \"backup\" in the request).");
	}

	@Test
	void allThatCannotBeKeptIsNamed() throws SQLException {
		this.database.execute("SELECT lo_from_bytea(4711, '\\x00')");

		BackupFailedException refusal = this.run
			.refusal("ALTER TABLE log DROP COLUMN line; ALTER TABLE users DROP COLUMN id; SELECT lo_unlink(4711)");

		assertThat(refusal).hasMessageContaining("large objects; ")
			.hasMessageContaining("the table \"public.log\" loses the columns \"line\", and has no")
			.hasMessageContaining("the table \"public.users\" loses the columns \"id\", and has no");
	}

	@Test
	void backupThatWillBeTooLargeIsRefused() throws SQLException {
		this.database.execute("INSERT INTO log SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
		this.run.limitedTo(100 * 1024);

		BackupFailedException refusal = this.run.refusal("DROP TABLE log; DROP TABLE users");

		assertThat(refusal.problem()).matches("The backup would have about 1\\.\\d MB \\(\"public\\.log\" 1\\.\\d MB, "
				+ "\"public\\.users\" \\d+ kB\\), but veza\\.migrations\\.backup\\.max-size is 100 kB\\.");
		assertThat(refusal.action()).hasValue("Raise veza.migrations.backup.max-size. "
				+ "Otherwise ask for the backup \"pg-dump\", or \"none\" if the data may be lost "
				+ "(veza.migrations.backup.mode, or \"backup\" in the request).");
		assertThat(this.database.query("SELECT to_regnamespace('veza_backup')")).containsExactly("");
	}

	@Test
	void backupThatBecomesTooLargeIsRefused() throws SQLException {
		this.database.execute("""
				CREATE DOMAIN tiny AS "char"[]; CREATE TABLE t (id tiny);
				INSERT INTO t SELECT array_fill('x'::"char", ARRAY[500]) FROM generate_series(1, 1000)""");
		this.run.limitedTo(800 * 1024);

		assertThat(this.run.refusal("DROP TABLE t").problem()).startsWith("The backup has ").contains("\"public.t\"");
	}

	@Test
	void columnsOfALargeTableMayBeSmall() throws SQLException {
		this.database.execute("""
				INSERT INTO users SELECT n, repeat(md5(random()::text), 40) FROM generate_series(11, 1000) n;
				ALTER TABLE users ADD COLUMN small int;
				ANALYZE users""");
		this.run.limitedTo(1500 * 1024);

		assertThat(this.run.rollback("ALTER TABLE users DROP COLUMN small").bytes()).isLessThan(100 * 1024);
	}

	@Test
	void refusalChangesNothing() throws SQLException {
		List<String> before = this.database.objects();

		assertThat(this.run.refusal("DROP TABLE users; TRUNCATE log")).isNotNull();

		assertThat(this.database.objects()).isEqualTo(before);
	}

	@Test
	void lockThatIsNotToBeHadIsTheErrorOfTheServer() throws SQLException {
		try (TestSession writer = TestSession.executed(this.database.dataSource(),
				"BEGIN; INSERT INTO log VALUES ('c')")) {
			this.run.execute("BEGIN; SET LOCAL lock_timeout = '50ms'");
			ObservedDataLosses losses = new ObservedDataLosses(
					List.of(new LostTableData(oid("log"), "public.log", true, false, List.of(), 1, 0)), Map.of(),
					List.of());

			assertThatThrownBy(() -> this.run.keep(losses, UUID.randomUUID())).isInstanceOf(SQLException.class)
				.extracting("SQLState")
				.isEqualTo("55P03");
			assertThat(writer.pid()).isPositive();
		}
	}

	@Test
	void tableThatOthersHaveDroppedMeanwhileIsRefused() throws SQLException {
		this.run.begin();
		ObservedDataLosses losses = this.run.rehearse("DROP TABLE log");
		this.database.execute("DROP TABLE log");

		assertThatThrownBy(() -> this.run.keep(losses, UUID.randomUUID())).isInstanceOf(BackupFailedException.class)
			.hasMessageContaining("changed while it was being kept")
			.hasMessageEndingWith("Nothing was rolled back; try again.");
	}

	@Test
	void downThatDestroysMoreTheSecondTimeIsRefused() throws SQLException {
		this.run.begin();
		ObservedDataLosses losses = this.run.rehearse("DELETE FROM users WHERE id = 11; DELETE FROM empty");
		this.database.execute("INSERT INTO users VALUES (11, 'late', NULL)");
		KeptData kept = this.run.keep(losses, UUID.randomUUID());
		this.run.execute("DELETE FROM users WHERE id = 11");

		assertThatThrownBy(() -> kept.settle(this.run.connection())).isInstanceOf(BackupFailedException.class)
			.hasMessage("What the rollback destroys changed while it was being kept: "
					+ "now it destroys \"public.users\", too. Nothing was rolled back; try again.");
	}

	@Test
	void settingsAreAsBeforeWhenTheDownRuns() throws SQLException {
		this.run.execute("SET search_path = public; SET extra_float_digits = 0");

		this.run.rollback("DROP TABLE log; CREATE TABLE seen AS SELECT current_setting('search_path') AS a, "
				+ "current_setting('row_security') AS b, current_setting('extra_float_digits') AS c");

		assertThat(this.database.query("SELECT * FROM seen")).containsExactly("public|on|0");
	}

	@Test
	void leavesOfPartitionsAndChildTablesAreKeptEachByItself() throws SQLException {
		this.database.execute(
				"""
						CREATE TABLE admins () INHERITS (users); INSERT INTO admins VALUES (99);
						CREATE TABLE events (at int PRIMARY KEY) PARTITION BY RANGE (at);
						CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (10);
						CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20); INSERT INTO events VALUES (1), (2)""");

		Backup backup = this.run.rollback("DROP TABLE users CASCADE; DELETE FROM events WHERE at = 2");

		assertThat(backup.kept()).extracting((kept) -> kept.loss().object(), Backup.Kept::rows)
			.containsExactly(tuple("public.admins", 1L), tuple("public.events_1", 1L), tuple("public.users", 10L));
		assertThat(
				this.database.query("SELECT source_name, parent_name FROM veza_backup.backups WHERE parent_name <> ''"))
			.containsExactly("events_1|events");
	}

	@Test
	void accessMethodThatADownDropsIsNotUsed() throws SQLException {
		this.database.execute("CREATE ACCESS METHOD mine TYPE TABLE HANDLER heap_tableam_handler");
		this.run.execute("SET default_table_access_method = mine");

		assertThat(this.run.rollback("DROP TABLE log; DROP ACCESS METHOD mine").kept()).hasSize(1);
	}

	private void assertRefused(String down, String problem, String advice) throws SQLException {
		BackupFailedException refusal = this.run.refusal(down);

		assertThat(refusal).extracting(MigrationException::problem).isEqualTo(problem);
		assertThat(refusal.action()).hasValue(advice);
		assertThat(this.database.query("SELECT to_regnamespace('veza_backup')")).containsExactly("");
	}

	private long oid(String table) {
		return Long.parseLong(this.database.query("SELECT '" + table + "'::regclass::oid").get(0));
	}

}
